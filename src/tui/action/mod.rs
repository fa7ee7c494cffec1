//! The one table of actions: keys, the key line, help and the palette are all made from it.

mod enabled;

pub(crate) use enabled::{READ_ONLY, label, why_not};

/// Where an action's keys count. The most particular place wins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Place {
    /// In all panes.
    Everywhere,
    /// Wherever there is a list.
    Move,
    /// The Manifest pane, and the APIs pane, which edits its files alike.
    Manifest,
    /// The tree of files over it.
    Files,
    /// The APIs pane.
    Apis,
    /// The Bundle pane.
    Bundle,
    /// The Publish pane.
    Publish,
    /// The Server pane.
    Server,
    /// The Stream pane.
    Stream,
    /// The columns of its list.
    Columns,
    /// Dispatches that are held at breakpoints.
    Held,
    /// The Request pane.
    Request,
    /// The Problems pane.
    Problems,
    /// The Doctor pane.
    Doctor,
    /// The Log pane.
    Log,
    /// A text that is being edited.
    Editor,
    /// A question with yes and no.
    Ask,
}

impl Place {
    /// All, in the order of help.
    pub(crate) const ALL: [Self; 17] = [
        Self::Everywhere,
        Self::Move,
        Self::Manifest,
        Self::Files,
        Self::Apis,
        Self::Bundle,
        Self::Publish,
        Self::Server,
        Self::Stream,
        Self::Columns,
        Self::Held,
        Self::Request,
        Self::Problems,
        Self::Doctor,
        Self::Log,
        Self::Editor,
        Self::Ask,
    ];

    /// The section of the keymap.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Everywhere => "everywhere",
            Self::Move => "move",
            Self::Manifest => "manifest",
            Self::Files => "files",
            Self::Apis => "apis",
            Self::Bundle => "bundle",
            Self::Publish => "publish",
            Self::Server => "server",
            Self::Stream => "stream",
            Self::Columns => "columns",
            Self::Held => "held",
            Self::Request => "request",
            Self::Problems => "problems",
            Self::Doctor => "doctor",
            Self::Log => "log",
            Self::Editor => "editor",
            Self::Ask => "ask",
        }
    }
}

/// One row of the table.
#[derive(Debug)]
pub(crate) struct Spec {
    /// Which.
    pub(crate) action: Action,
    /// Where its keys count.
    pub(crate) place: Place,
    /// Its name in the keymap, inside the place's section.
    pub(crate) id: &'static str,
    /// What the key line says: a word or two.
    pub(crate) label: &'static str,
    /// What help and palette say: one sentence.
    pub(crate) about: &'static str,
}

macro_rules! actions {
    ($($action:ident $place:ident $id:literal $label:literal $about:literal;)*) => {
        /// What a key, a click or a line of the palette can bring about.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub(crate) enum Action {
            $(#[doc = $about] $action,)*
        }

        /// The table.
        pub(crate) const TABLE: &[Spec] = &[
            $(Spec {
                action: Action::$action,
                place: Place::$place,
                id: $id,
                label: $label,
                about: $about,
            },)*
        ];
    };
}

actions! {
    Quit Everywhere "quit" "quit" "Leave the console; asks where something would be lost";
    Help Everywhere "help" "help" "Show all keys";
    Palette Everywhere "palette" "all" "Find an action by its name and run it";
    Close Everywhere "close" "back" "Close the topmost thing";
    OpenManifest Everywhere "manifest" "Manifest" "Go to the manifest: hooks, files, driver";
    OpenApis Everywhere "apis" "APIs" "Go to the API definitions: what in them concerns plugins";
    OpenBundle Everywhere "bundle" "Bundle" "Go to the bundle: build, sign, verify, contents";
    OpenPublish Everywhere "publish" "Publish" "Go to the targets, and the bundles that are there";
    OpenServer Everywhere "server" "Server" "Go to the plugin server and the bundle host";
    OpenStream Everywhere "stream" "Stream" "Go to the Dispatches, live";
    OpenRequest Everywhere "request" "Request" "Go to the request: send one, see what it caused";
    OpenProblems Everywhere "problems" "Problems" "Go to the problems of the project: manifest, APIs, code";
    OpenDoctor Everywhere "doctor" "Doctor" "Go to the doctor: is the Gateway set up for plugins";
    OpenLog Everywhere "log" "Log" "Go to the log: the whole story of every message";
    OpenHeld Everywhere "held" "held" "Show the Dispatches that are held at breakpoints";
    Focus Everywhere "focus" "other half" "Move between list and detail, or to the next field";
    FocusBack Everywhere "focus_back" "field before" "Move between list and detail, or to the field before";
    Zoom Everywhere "zoom" "zoom" "Give the focused half the whole pane, and back";
    ViewNext Everywhere "view_next" "next view" "The next view of this pane: text; reply, record";
    ViewPrevious Everywhere "view_previous" "previous view" "The previous view of this pane";
    Ship Everywhere "ship" "ship" "Build, sign, verify and push; then have the APIs run it";
    ShipProbe Everywhere "ship_probe" "ship, probe" "Ship, then see a Dispatch of the new bundle";
    RollBack Everywhere "roll_back" "roll back" "Give the APIs of the last ship the bundle before";
    Cancel Everywhere "cancel" "cancel" "Cancel what is under way: a ship, a push, a request";
    Copy Everywhere "copy" "copy" "Copy what is selected to the clipboard";
    Theme Everywhere "theme" "theme" "The next theme, until the console ends";
    Suspend Everywhere "suspend" "suspend" "Give the terminal back to the shell; fg returns";
    Redraw Everywhere "redraw" "redraw" "Draw the whole screen anew";

    Up Move "up" "up" "One row up";
    Down Move "down" "down" "One row down";
    PageUp Move "page_up" "page up" "One page up";
    PageDown Move "page_down" "page down" "One page down";
    Top Move "top" "top" "To the first row";
    Bottom Move "bottom" "bottom" "To the last row, and follow what comes";
    Left Move "left" "fold" "Fold, or go to the parent";
    Right Move "right" "unfold" "Unfold, or go into it";
    Accept Move "accept" "open" "Open or change what is selected";

    Add Manifest "add" "add" "Add a hook or a file to the selected list";
    Delete Manifest "delete" "delete" "Take what is selected out";
    Save Manifest "save" "save" "Write what has changed to its file";
    Diff Manifest "diff" "changes" "Show what saving would change in the file, as a diff";
    Fix Manifest "fix" "fix" "Mend what is wrong where the selection is";
    Undo Manifest "undo" "undo" "Take the last change back";
    Redo Manifest "redo" "redo" "Make the undone change again";
    Editor Manifest "editor" "$EDITOR" "Open the file in your editor";
    Reload Manifest "reload" "reload" "Read it anew from its file";
    Finding Manifest "finding" "next finding" "Go to the next thing that is wrong";

    Mark Files "mark" "list" "List the selected file, or not; of a folder all files";
    LeftOut Files "left_out" "show left out" "Show or hide what is left out: hidden, ignored, compiled";
    TypePath Files "path" "type a path" "List a file by its path, typed";

    NewApi Apis "new" "new…" "Write the definition of a new API: classic or OAS";
    Upgrade Apis "upgrade" "as lists" "Write the older plugin form (prePlugin) as lists";
    Extend Apis "extend" "make it Tyk's" "Give an OpenAPI document what a Gateway needs of it";
    Convert Apis "convert" "as JSON…" "Write YAML as JSON, into a file beside it; asks first";
    EntryUp Apis "entry_up" "earlier" "Call the selected hook before the one above";
    EntryDown Apis "entry_down" "later" "Call the selected hook after the one below";
    TryApi Apis "try" "try…" "Try the definition on the Gateway, undeployed";
    AgainstGateway Apis "against" "vs Gateway" "Show what differs from what the Gateway serves";
    PushApi Apis "push" "push…" "Put the definition into the Gateway; asks first";
    MakeKey Apis "make_key" "make key…" "Make a key for the selected API, for a test";
    DeleteKey Apis "delete_key" "delete key…" "Delete a key of the selected API; asks first";
    Leftovers Apis "leftovers" "left keys…" "Find keys that sessions of plugins became; revoke them";
    ReloadGateway Apis "reload_gateway" "reload Gateway" "Have the Gateway load its APIs anew, and wait for it";
    ReloadGroup Apis "reload_group" "reload group" "Have every Gateway of the group load its APIs anew";

    Build Bundle "build" "build" "Build bundle.zip, signed where a key is set";
    Sign Bundle "sign" "sign with…" "Build bundle.zip, signed with a key that you name";
    Unsigned Bundle "unsigned" "build unsigned" "Build bundle.zip without a signature";
    Verify Bundle "verify" "verify" "Say what the newest Gateway would do with this bundle";
    OpenFile Bundle "open" "open…" "Look into another bundle";

    PushBundle Publish "push" "push" "Push the bundle of the Bundle pane to the chosen target";
    FetchBundle Publish "fetch" "fetch…" "Fetch the selected bundle into a file, verified";
    MarkBundle Publish "mark" "mark" "Mark the selected bundle, to compare two of them";
    CompareBundles Publish "diff" "diff" "Show what differs between the two marked bundles";
    DeleteBundle Publish "delete" "delete…" "Delete the selected bundle; asks first";
    PruneBundles Publish "prune" "prune…" "Delete the bundles that no API uses; asks first";
    AskTargets Publish "again" "ask again" "Ask targets, Gateway and Dashboard again";

    ToggleServer Server "server" "start/stop" "Start or stop the plugin server";
    ToggleHost Server "host" "host" "Start or stop the bundle host";
    Record Server "record" "record" "Write what is captured to the disk, or end that";
    LeaveServer Server "leave" "leave running" "Quit, and leave the plugin server running without it";
    BreakRule Server "break" "break" "Break at the selected rule, or no more: its calls stop";
    OtherPort Server "port" "other port" "Start what could not listen on the next free port";

    Pause Stream "pause" "pause" "Hold the list still; capture goes on";
    Follow Stream "follow" "follow" "Go to the newest and follow";
    Search Stream "search" "filter" "Filter the list; in the JSON, search";
    Next Stream "next" "next" "The next row, or what the search finds";
    Previous Stream "previous" "previous" "The previous one";
    Secrets Stream "secrets" "secrets" "Show or hide the secrets of this row";
    BodyForm Stream "form" "as…" "Show the bodies; then as JSON, text, base64, hex";
    CopyPath Stream "path" "copy path" "Copy the JSON path of the selected value";
    FoldAll Stream "fold_all" "fold all" "Fold the whole document";
    UnfoldAll Stream "unfold_all" "unfold all" "Unfold the whole document";

    MarkRow Stream "mark" "mark" "Mark the selected row, or not any more";
    NoteRow Stream "note" "note…" "Note something on the selected row, and mark it";
    NextMarked Stream "next_mark" "next mark" "The next row that is marked";
    PreviousMarked Stream "previous_mark" "mark before" "The marked row before";
    Marks Stream "marks" "marks…" "Mark, unmark all listed rows; list marks; clear them";
    Break Stream "break" "break…" "Set and take away breakpoints: what they mean is held";
    RequestFlow Stream "flow" "request flow" "The calls of this row's request, and those missing";
    Plots Stream "plots" "plots" "Rate, errors, latencies of late, by hook and API";
    RequestOf Stream "request" "request of it" "Make a request of this Dispatch";
    Replay Stream "replay" "replay…" "Send this call again, edited or not; compare the answers";
    ReplayListed Stream "replay_listed" "replay listed…" "Send again all that the list shows, and compare";
    Export Stream "export" "export…" "Export rows: JSON, HAR, curl, grpcurl, a session";

    Columns Stream "columns" "columns…" "The columns of the list: which, and sorted by which";
    ByRequest Stream "by_request" "by request" "Rows of one HTTP request together, or as they came";

    ToggleColumn Columns "show" "show" "Show the selected column, or hide it";
    SortBy Columns "sort" "sort" "Sort by the selected column; again: the other way, not";
    ColumnEarlier Columns "earlier" "earlier" "Move the selected column to the left in the list";
    ColumnLater Columns "later" "later" "Move the selected column to the right in the list";
    RowsByRequest Columns "by_request" "by request" "Rows of one HTTP request together, or as they came";
    UsualColumns Columns "usual" "as usual" "The columns of the configuration again";

    LetGo Held "let_go" "let go" "Let the selected Dispatch go unchanged";
    EditHeld Held "edit" "edit" "Edit the answer of the selected Dispatch, as JSON";
    LetGoEdited Held "send" "let go with it" "Let the Dispatch go with the edited answer";
    OverrideHeld Held "override" "override" "Answer the selected Dispatch with an override";
    HoldOn Held "more" "more time" "Hold the selected Dispatch as long again, from now";
    LetAllGo Held "all" "let all go" "Let all that are held go unchanged";
    HeldSecrets Held "secrets" "secrets" "Show or hide the secrets of the selected Dispatch";

    SendRequest Request "send" "send" "Send the request";
    AddHeader Request "add" "add header" "Add a header to the request";
    DropHeader Request "delete" "drop header" "Take the selected header out";
    CopyCurl Request "curl" "copy as curl" "Copy the command of curl that sends the same";
    RequestHistory Request "history" "sent before" "Bring back a request that was sent before";
    NewRequest Request "new" "new" "Begin a new request";
    RequestSecrets Request "secrets" "secrets" "Show or hide the secrets of the answer";

    Gravity Problems "gravity" "which" "Show all problems, all but hints, or errors alone";

    Examine Doctor "run" "look again" "Look at the Gateway's settings again";
    Probe Doctor "probe" "probe…" "Have the Gateway call plugins once; asks first";

    LogFollow Log "follow" "follow" "Go to the newest line and follow";
    LogSearch Log "search" "search" "Search in the log";
    LogNext Log "next" "next" "The next line that the search finds";
    LogPrevious Log "previous" "previous" "The previous line that the search finds";

    TextUndo Editor "undo" "undo" "Take the last change of the text back";
    TextRedo Editor "redo" "redo" "Make the undone change of the text again";
    TextCopy Editor "copy" "copy" "Copy what is selected, or the line";
    TextCut Editor "cut" "cut" "Cut what is selected, or the line";
    TextPaste Editor "paste" "paste" "Put in what was cut or copied here";
    SelectAll Editor "select_all" "select all" "Select the whole text";
    TextSearch Editor "search" "search" "Search in the text, while you type";
    TextNext Editor "next" "next" "The next place that the search finds";
    TextPrevious Editor "previous" "previous" "The previous place that the search finds";
    Replace Editor "replace" "replace" "Search and replace, one by one or all";
    GoTo Editor "go_to" "go to" "Go to a line, or to a path such as a.b.0";
    Complete Editor "complete" "complete" "Offer the keys and values that are known to go here";
    Format Editor "format" "format" "Lay out what is selected, or the whole text, anew";
    Fold Editor "fold" "fold" "Fold the object or list at the cursor, or unfold";
    TextFoldAll Editor "fold_all" "fold all" "Fold everything in the text";
    TextUnfoldAll Editor "unfold_all" "unfold all" "Unfold everything in the text";
    NextMark Editor "finding" "next finding" "Go to the next thing that is wrong in the text";
    DeleteLine Editor "delete_line" "delete line" "Cut the line, or the selected lines";
    DuplicateLine Editor "duplicate_line" "duplicate" "Repeat the line, or the selected lines, below";
    LineUp Editor "line_up" "line up" "Move the line, or the selected lines, up";
    LineDown Editor "line_down" "line down" "Move the line, or the selected lines, down";

    Yes Ask "yes" "yes" "Yes";
    No Ask "no" "no" "No";
    Leave Ask "leave" "leave it" "Quit, and leave the plugin server running";
    TakeTheirs Ask "theirs" "read it" "Read what another program has written; yours is lost";
}

impl Action {
    /// Whether the Gateway does it, besides giving and taking definitions of its own.
    pub(crate) fn is_of_gateway(self) -> bool {
        matches!(
            self,
            Self::TryApi
                | Self::AgainstGateway
                | Self::PushApi
                | Self::MakeKey
                | Self::DeleteKey
                | Self::Leftovers
                | Self::ReloadGateway
                | Self::ReloadGroup
        )
    }

    /// Whether the Gateway is only asked, and nothing changes there.
    pub(crate) fn only_asks_gateway(self) -> bool {
        matches!(self, Self::AgainstGateway | Self::Leftovers)
    }

    /// Its row of the table.
    pub(crate) fn spec(self) -> &'static Spec {
        // The table and the enum are made by one macro, in one order.
        &TABLE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_table_is_in_the_order_of_the_enum() {
        for spec in TABLE {
            assert_eq!(spec.action.spec().id, spec.id);
        }
    }

    #[test]
    fn names_are_unique_in_their_place_and_sentences_fit() {
        let mut seen = HashSet::new();
        for spec in TABLE {
            assert!(seen.insert((spec.place, spec.id)), "{} twice", spec.id);
            assert!(crate::tui::text::width(spec.about) <= 72, "{}", spec.about);
            assert!(crate::tui::text::width(spec.label) <= 14, "{}", spec.label);
            assert!(!spec.about.ends_with('.'), "{}", spec.about);
        }
    }
}
