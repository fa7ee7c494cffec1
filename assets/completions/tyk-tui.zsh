#compdef tyk-tui

autoload -U is-at-least

_tyk-tui() {
    typeset -A opt_args
    typeset -a _arguments_options
    local ret=1

    if is-at-least 5.2; then
        _arguments_options=(-s -S -C)
    else
        _arguments_options=(-s -C)
    fi

    local context curcontext="$curcontext" state line
    _arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'-V[Print version]' \
'--version[Print version]' \
":: :_tyk-tui_commands" \
"*::: :->tyk-tui" \
&& ret=0
    case $state in
    (tyk-tui)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-command-$line[1]:"
        case $line[1] in
            (build)
_arguments "${_arguments_options[@]}" : \
'-m+[The manifest; its files are looked for in its folder]:FILE:_files' \
'--manifest=[The manifest; its files are looked for in its folder]:FILE:_files' \
'-o+[The bundle to write]:FILE:_files' \
'--output=[The bundle to write]:FILE:_files' \
'-k+[Sign with this private key (RSA\: PKCS#1, PKCS#8 or OpenSSH); wins over --skip-signing]:FILE:_files' \
'--key=[Sign with this private key (RSA\: PKCS#1, PKCS#8 or OpenSSH); wins over --skip-signing]:FILE:_files' \
'--passphrase-fd=[Read the key'\''s passphrase from this file descriptor (its first line); also from \`TYK_TUI_KEY_PASSPHRASE\`, else it is asked for]:N:_default' \
'--use=[The profile to use]:NAME:_default' \
'-y[Leave the bundle unsigned, and do not ask]' \
'--skip-signing[Leave the bundle unsigned, and do not ask]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(verify)
_arguments "${_arguments_options[@]}" : \
'--public-key=[The public key that the Gateway has as \`public_key_path\`; without one the signature is not looked at]:PEM:_files' \
'--as=[The Gateway'\''s version, as in 5.3, 5.8.10, v5.15.0-alpha8; \`-dev\` for any \[default\: that of the profile, else the newest release\]]:VERSION:_default' \
'--use=[The profile to use]:NAME:_default' \
'--on-disk[The Gateway has the bundle on its disk already, where it finds it by its name]' \
'--skip-verify-existing-plugin-bundle[The Gateway has \`skip_verify_existing_plugin_bundle\` set]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':bundle -- The bundle:_files' \
&& ret=0
;;
(inspect)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':bundle -- The bundle:_files' \
'::other -- Another\: show what differs between the two, file by file; the exit code is 1 where something does:_files' \
&& ret=0
;;
(lint)
_arguments "${_arguments_options[@]}" : \
'--format=[How findings are printed]:FORMAT:((text\:"For people"
json\:"One object"
sarif\:"SARIF 2.1.0, as code hosts show it"
github\:"Annotations of GitHub'\''s workflows"
junit\:"\`JUnit\`'\''s XML, a test case a finding"))' \
'--deny=[What makes the exit code 1]:DENY:((error\:"Errors alone"
warning\:"Warnings and errors"))' \
'(--fix --gateway)--explain=[Explain a rule]:RULE:_default' \
'--use=[The profile to use]:NAME:_default' \
'--gateway[Ask the profile'\''s Gateway for its schema, and check Tyk OAS definitions by it too. Where it does not answer, that is said, and the rest is looked at]' \
'(--format)--json[Print JSON\: the same as --format json]' \
'--fix[Mend errors and warnings that can be mended; what was there before is kept (see \`tyk-tui backups\`)]' \
'(--fix --explain)--list[List all rules]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'*::files -- Manifests, API definitions, a tyk.conf, bundles, keys, code; without any, those of the project:_files' \
&& ret=0
;;
(keygen)
_arguments "${_arguments_options[@]}" : \
'-o+[The files are PREFIX.pem (private, PKCS#8) and PREFIX.pub.pem (public, for the Gateway)]:PREFIX:_files' \
'--output=[The files are PREFIX.pem (private, PKCS#8) and PREFIX.pub.pem (public, for the Gateway)]:PREFIX:_files' \
'--bits=[The key'\''s size\: 2048 or more]:N:_default' \
'--use=[The profile to use]:NAME:_default' \
'--force[Replace files that exist\: what the old key signed then verifies with no key of yours]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(serve)
_arguments "${_arguments_options[@]}" : \
'--listen=[Where to listen\: HOST\:PORT or unix\:PATH \[default\: 127.0.0.1\:50051\]]:ADDR:_default' \
'--rules=[Answer by the rules of this file instead of the configured ones]:FILE:_files' \
'--metrics=[Serve figures for Prometheus under /metrics\: calls by hook, outcome and rule, latency, what was dropped]:ADDR:_default' \
'--record=[Write all of it to the disk, secrets too, for its owner alone\: into this file, or a new one of the sessions'\'' folder (\`tyk-tui session list\`)]::FILE:_files' \
'--filter=[Print only what this filter means, as in the console'\''s list\: hook\:pre & status\:4xx, body~"x.*y", took>10ms, | .status == 403 (jq). What was lost is printed in any case]:EXPR:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print each Dispatch as one JSON object a line]' \
'--show-secrets[Print secrets as they are]' \
'(--rules --metrics --record --filter --json)--stop[End the server of this project that runs, a console'\''s own too\: the one of --listen, or the only one]' \
'--take-over[Take the listening socket over that is standard input\: a console leaves its server running so]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(attach)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
'::session -- A session by name, or a file \[default\: the newest\]:_files' \
&& ret=0
;;
(session)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_tyk-tui__subcmd__session_commands" \
"*::: :->session" \
&& ret=0

    case $state in
    (session)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-session-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(export)
_arguments "${_arguments_options[@]}" : \
'--format=[What is written]:FORMAT:((jsonl\:"A JSON object for each record, as \`serve --json\` prints it"
har\:"An HTTP archive\: an entry for each HTTP request"
curl\:"A command of curl for each HTTP request"
grpcurl\:"A command of grpcurl for each call"
session\:"A session, which attach, replay and export read"))' \
'-o+[Write into this file, which must not be there, instead of printing it]:FILE:_files' \
'--output=[Write into this file, which must not be there, instead of printing it]:FILE:_files' \
'--filter=[Only what this filter means, as in the console'\''s list; har and curl have a request whole where it means one of its hooks]:EXPR:_default' \
'--against=[Where grpcurl is to call\: HOST\:PORT or unix\:PATH \[default\: where the session'\''s server listened\]]:ADDR:_default' \
'--use=[The profile to use]:NAME:_default' \
'--show-secrets[Write secrets as they are; without them an export cannot be replayed]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::session -- A session by name, or a file\: a session, or lines of JSON; `-` for lines from standard input \[default\: the newest\]:_files' \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
'*::sessions -- Sessions by name, or files:_files' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__session__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-session-help-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(export)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(wait)
_arguments "${_arguments_options[@]}" : \
'()--listen=[The server that listens there, where more than one of the project run]:ADDR:_default' \
'--count=[How many of them]:N:_default' \
'--timeout=[Seconds to wait]:S:_default' \
'--use=[The profile to use]:NAME:_default' \
'--only-new[Those that came before do not count]' \
'--json[Print each as one JSON object a line, as \`serve --json\` does]' \
'--show-secrets[Print secrets as they are]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':filter -- Which Dispatches\: a filter as in the console'\''s list, such as `hook\:auth_check & status\:403`; `outcome\:held` means those that a running server holds, as soon as it does:_default' \
'::session -- The session of a server, by name, or a file \[default\: what the project'\''s server that runs captures, else the newest\]:_files' \
&& ret=0
;;
(replay)
_arguments "${_arguments_options[@]}" : \
'(--rules)--against=[The plugin server to call\: HOST\:PORT or unix\:PATH \[default\: our own rules, on a port of their own\]]:ADDR:_default' \
'--rules=[Answer by the rules of this file instead of the configured ones]:FILE:_files' \
'*--ignore=[Leave this out of account\: a name wherever it is, or a path such as session.metadata, with all below it; besides iat, exp and lastUpdated, which are new with every call, and the end of a session that lasts as long as it did]:PATH:_default' \
'*--seq=[These records alone\: 12 or 12-20, several with commas]:LIST:_default' \
'--filter=[Those alone that this filter means, as in the console'\''s list]:EXPR:_default' \
'--pace=[When calls are sent\: as soon as --in-flight allows it, or as long after the first as they came then]:PACE:((fast\:"As fast as it goes"
recorded\:"As it was recorded"))' \
'--in-flight=[Calls under way at once, at most; 1 for a server that must have them one after the other \[default\: 16, or 64 at the recorded pace\]]:N:_default' \
'--timeout=[Seconds that an answer may take]:S:_default' \
'--use=[The profile to use]:NAME:_default' \
'--expect-same[End with 1 where an answer is not the recorded one]' \
'--json[Print JSON\: an object for each call, and one for all]' \
'--show-secrets[Print secrets as they are]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::session -- A session by name, or a file\: a session, or lines of JSON as `session export --show-secrets` writes them, edited or not; `-` for lines from standard input \[default\: the newest\]:_files' \
&& ret=0
;;
(rule)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_tyk-tui__subcmd__rule_commands" \
"*::: :->rule" \
&& ret=0

    case $state in
    (rule)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-rule-command-$line[1]:"
        case $line[1] in
            (test)
_arguments "${_arguments_options[@]}" : \
'--rules=[The rules of this file instead of the configured ones]:FILE:_files' \
'--expect=[How each must end\: passed, changed, refused, overridden or failed]:OUTCOME:_default' \
'--expect-rule=[The rule that must answer each]:NAME:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON\: an object for each Dispatch; \`missed\` in it says what was expected and what came, where that differs]' \
'--show-secrets[Print secrets as they are]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':dispatches -- Lines of `serve --json --show-secrets` or of an export, an Object as JSON or as bytes; `-` for standard input:_files' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'--rules=[The rules of this file instead of the configured ones]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__rule__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-rule-help-command-$line[1]:"
        case $line[1] in
            (test)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(host)
_arguments "${_arguments_options[@]}" : \
'--listen=[Where to listen \[default\: 127.0.0.1\:8000, or host.listen of the configuration\]]:HOST:PORT:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print each download as a line of JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
'::dir -- The folder of bundles \[default\: host.dir where a configuration has it, else this one\]:_files' \
&& ret=0
;;
(doctor)
_arguments "${_arguments_options[@]}" : \
'--conf=[The Gateway'\''s tyk.conf \[default\: the project'\''s, else tyk.conf here\]; the \`TYK_GW_\` variables count over it]:FILE:_files' \
'--gateway=[The Gateway'\''s address \[default\: that of the profile, with its secret\]; the secret of an address given here is that of --secret-file, of \`TYK_GW_SECRET\`, or of tyk.conf]:URL:_default' \
'--secret-file=[A file that holds the Gateway'\''s secret]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--container[The Gateway runs in a container\: this machine'\''s loopback is not its own]' \
'--probe[Have the Gateway fetch a bundle and call its plugins once\: the bundle stays on its disk, and a session that an auth plugin returns becomes a live key]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
'*::apis -- API definitions that the Gateway is to serve \[default\: those that it has\]:_files' \
&& ret=0
;;
(demo)
_arguments "${_arguments_options[@]}" : \
'--seconds=[End after so many seconds \[default\: when a signal comes\]]:N:_default' \
'(--headless)--picture=[Write a picture of the console into this file, as SVG, instead of opening it]:FILE:_files' \
'--size=[The picture'\''s columns and rows]:COLUMNSxROWS:_default' \
'(--headless)--theme=[The console'\''s theme\: ansi, dark, light, contrast, mono \[default\: ansi, for a picture dark\]]:NAME:_default' \
'--use=[The profile to use]:NAME:_default' \
'--headless[Print each Dispatch as one JSON object a line, as \`serve --json\` does, instead of opening the console]' \
'--show-secrets[Print secrets as they are]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(new)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--pip[Have pip fetch what the plugin needs (python-jwt), without asking]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':kind -- What kind of plugin:(python-auth python-jwt grpc javascript lua)' \
'::dir -- The project'\''s folder, which is made; its name becomes the project'\''s:_files' \
&& ret=0
;;
(manifest)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_tyk-tui__subcmd__manifest_commands" \
"*::: :->manifest" \
&& ret=0

    case $state in
    (manifest)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-manifest-command-$line[1]:"
        case $line[1] in
            (init)
_arguments "${_arguments_options[@]}" : \
'-m+[The manifest]:FILE:_files' \
'--manifest=[The manifest]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'-m+[The manifest]:FILE:_files' \
'--manifest=[The manifest]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
'::path -- Where\: `custom_middleware.pre\[0\].name`, or a JSON Pointer (`/custom_middleware/pre/0/name`):_default' \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
'-m+[The manifest]:FILE:_files' \
'--manifest=[The manifest]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--string[Take the value for text, whatever it looks like]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':path -- Where\: `custom_middleware.pre\[0\].name`, or a JSON Pointer (`/custom_middleware/pre/0/name`):_default' \
':value -- JSON, or text:_default' \
&& ret=0
;;
(unset)
_arguments "${_arguments_options[@]}" : \
'-m+[The manifest]:FILE:_files' \
'--manifest=[The manifest]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':path -- Where\: `custom_middleware.pre\[0\].name`, or a JSON Pointer (`/custom_middleware/pre/0/name`):_default' \
&& ret=0
;;
(add-file)
_arguments "${_arguments_options[@]}" : \
'-m+[The manifest]:FILE:_files' \
'--manifest=[The manifest]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
'*::files -- Files and folders, below the manifest'\''s folder:_files' \
&& ret=0
;;
(remove-file)
_arguments "${_arguments_options[@]}" : \
'-m+[The manifest]:FILE:_files' \
'--manifest=[The manifest]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
'*::files -- Files and folders, below the manifest'\''s folder:_files' \
&& ret=0
;;
(add-hook)
_arguments "${_arguments_options[@]}" : \
'--path=[The file that has the function, for drivers \`otto\`, \`javascript\` and \`goplugin\`]:FILE:_default' \
'-m+[The manifest]:FILE:_files' \
'--manifest=[The manifest]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--disabled[Add it switched off]' \
'--require-session[Give the hook the session]' \
'--raw-body-only[Give the hook the body as bytes alone]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':hook -- When it runs:(pre auth_check post_key_auth post response traffic_logs)' \
':name -- The function, or what a plugin server dispatches on:_default' \
&& ret=0
;;
(remove-hook)
_arguments "${_arguments_options[@]}" : \
'-m+[The manifest]:FILE:_files' \
'--manifest=[The manifest]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':hook -- When it runs:(pre auth_check post_key_auth post response traffic_logs)' \
'::name -- Which, where there are several:_default' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__manifest__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-manifest-help-command-$line[1]:"
        case $line[1] in
            (init)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(unset)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(add-file)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove-file)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(add-hook)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove-hook)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(backups)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_tyk-tui__subcmd__backups_commands" \
"*::: :->backups" \
&& ret=0

    case $state in
    (backups)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-backups-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
'::file -- Those of this file alone; gateway\:ID or dashboard\:ID for an API of a server:_files' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':file -- The file; gateway\:ID or dashboard\:ID for an API of the profile'\''s:_files' \
'::id -- The version, by the digits that `list` prints or the first of them \[default\: the latest\]:_default' \
&& ret=0
;;
(diff)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':file -- The file; gateway\:ID or dashboard\:ID for an API of the profile'\''s:_files' \
'::id -- The version, by the digits that `list` prints or the first of them \[default\: the latest\]:_default' \
&& ret=0
;;
(restore)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':file -- The file; gateway\:ID or dashboard\:ID for an API of the profile'\''s:_files' \
'::id -- The version, by the digits that `list` prints or the first of them \[default\: the latest\]:_default' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__backups__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-backups-help-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(diff)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(restore)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(api)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_tyk-tui__subcmd__api_commands" \
"*::: :->api" \
&& ret=0

    case $state in
    (api)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-api-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'()--gateway[Those of the profile'\''s Gateway]' \
'()--dashboard[Those of the profile'\''s Dashboard]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
'*::files -- The definitions \[default\: the project'\''s\]:_files' \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':file -- The definition\: a file (Tyk Classic or Tyk OAS, JSON or YAML, raw or in the Dashboard'\''s wrapper), or gateway\:ID or dashboard\:ID for an API of the profile'\''s:_files' \
'::path -- Where\: `proxy.listen_path`, or a JSON Pointer (`/proxy/listen_path`) \[default\: all of it\]:_default' \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--string[Take the value for text, whatever it looks like]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':file -- The definition\: a file (Tyk Classic or Tyk OAS, JSON or YAML, raw or in the Dashboard'\''s wrapper), or gateway\:ID or dashboard\:ID for an API of the profile'\''s:_files' \
':path -- Where\: `proxy.listen_path`, or a JSON Pointer (`/proxy/listen_path`):_default' \
':value -- JSON, or text:_default' \
&& ret=0
;;
(unset)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':file -- The definition\: a file (Tyk Classic or Tyk OAS, JSON or YAML, raw or in the Dashboard'\''s wrapper), or gateway\:ID or dashboard\:ID for an API of the profile'\''s:_files' \
':path -- Where\: `proxy.listen_path`, or a JSON Pointer (`/proxy/listen_path`):_default' \
&& ret=0
;;
(new)
_arguments "${_arguments_options[@]}" : \
'--kind=[Tyk Classic or Tyk OAS]:KIND:(classic oas)' \
'--name=[The API'\''s name; its id and listen path come from it]:NAME:_default' \
'--listen-path=[Where callers find it\: \`/orders/\`]:PATH:_default' \
'--target=[The upstream\: \`http\://localhost\:8080\`]:URL:_default' \
'-o+[Write this file, which must not be there yet, in place of standard output]:FILE:_files' \
'--output=[Write this file, which must not be there yet, in place of standard output]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(convert)
_arguments "${_arguments_options[@]}" : \
'-o+[Write this file, which must not be there yet, in place of standard output]:FILE:_files' \
'--output=[Write this file, which must not be there yet, in place of standard output]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':file -- The definition\: a file (Tyk Classic or Tyk OAS, JSON or YAML, raw or in the Dashboard'\''s wrapper), or gateway\:ID or dashboard\:ID for an API of the profile'\''s:_files' \
&& ret=0
;;
(extend)
_arguments "${_arguments_options[@]}" : \
'--name=[The API'\''s name; its id and listen path come from it]:NAME:_default' \
'--listen-path=[Where callers find it\: \`/orders/\`]:PATH:_default' \
'--target=[The upstream\: \`http\://localhost\:8080\`]:URL:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':file -- The definition\: a file (Tyk Classic or Tyk OAS, JSON or YAML, raw or in the Dashboard'\''s wrapper), or gateway\:ID or dashboard\:ID for an API of the profile'\''s:_files' \
&& ret=0
;;
(upgrade)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':file -- The definition\: a file (Tyk Classic or Tyk OAS, JSON or YAML, raw or in the Dashboard'\''s wrapper), or gateway\:ID or dashboard\:ID for an API of the profile'\''s:_files' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__api__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-api-help-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(unset)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(new)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(convert)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(extend)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(upgrade)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(ship)
_arguments "${_arguments_options[@]}" : \
'--target=[Push to this target instead of the profile'\''s \`ship_target\`\: \`host\`, or one of \[use.NAME.target.TARGET\]]:NAME:_default' \
'*--api=[Point this API at the bundle, instead of those in the profile'\''s \`ship_apis\`\: an id, gateway\:ID, dashboard\:ID or a file; can be given several times]:ID:_default' \
'--probe=[Send a GET of this path through the Gateway in the end, and wait for the Dispatch that it causes]:PATH:_default' \
'--deny=[What of lint stops it]:DENY:((error\:"Errors alone"
warning\:"Warnings and errors"))' \
'--confirm=[The profile'\''s name, where it is marked as \`production\`\: else it is asked for]:PROFILE:_default' \
'--passphrase-fd=[Read the key'\''s passphrase from this file descriptor (its first line); also from \`TYK_TUI_KEY_PASSPHRASE\`, else it is asked for]:N:_default' \
'--use=[The profile to use]:NAME:_default' \
'(--watch)--dry-run[Build and verify, and print what would be done then; nothing is sent]' \
'--watch[Ship again whenever the manifest or a file that it lists changes]' \
'(--watch --probe --target --api --deny)--rollback[Take back the last ship\: its APIs get the bundle that they had before]' \
'(--rollback --dry-run --watch --probe --target --api --deny)--history[Print what was shipped from this project under this profile]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(mserv)
_arguments "${_arguments_options[@]}" : \
'-e+[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'--endpoint=[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'-t+[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'--token=[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'-k+[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--insecure-tls=[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--config=[mservctl'\''s configuration\: json, yaml or toml by its ending \[default\: ~/.mservctl.*\]]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_tyk-tui__subcmd__mserv_commands" \
"*::: :->mserv" \
&& ret=0

    case $state in
    (mserv)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-mserv-command-$line[1]:"
        case $line[1] in
            (push)
_arguments "${_arguments_options[@]}" : \
'-a+[The API that it is for; mserv only remembers it]:API:_default' \
'--apiid=[The API that it is for; mserv only remembers it]:API:_default' \
'--public-key=[Refuse a bundle that is not signed by the owner of this key\: the Gateway'\''s \`public_key_path\`]:FILE:_files' \
'-e+[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'--endpoint=[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'-t+[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'--token=[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'-k+[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--insecure-tls=[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--config=[mservctl'\''s configuration\: json, yaml or toml by its ending \[default\: ~/.mservctl.*\]]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'-s[Store the bundle, and nothing else\: nobody can download it]' \
'--storeonly[Store the bundle, and nothing else\: nobody can download it]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':file -- The bundle:_files' \
&& ret=0
;;
(update)
_arguments "${_arguments_options[@]}" : \
'--public-key=[Refuse a bundle that is not signed by the owner of this key\: the Gateway'\''s \`public_key_path\`]:FILE:_files' \
'-e+[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'--endpoint=[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'-t+[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'--token=[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'-k+[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--insecure-tls=[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--config=[mservctl'\''s configuration\: json, yaml or toml by its ending \[default\: ~/.mservctl.*\]]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':id -- The id of the bundle to replace:_default' \
':file -- The bundle that takes its place:_files' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'-e+[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'--endpoint=[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'-t+[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'--token=[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'-k+[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--insecure-tls=[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--config=[mservctl'\''s configuration\: json, yaml or toml by its ending \[default\: ~/.mservctl.*\]]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'-f[Show the functions, too]' \
'--functions[Show the functions, too]' \
'-d[Only bundles that are stored only]' \
'--downloadonly[Only bundles that are stored only]' \
'-p[Only bundles that are not stored only]' \
'--pluginsonly[Only bundles that are not stored only]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(fetch)
_arguments "${_arguments_options[@]}" : \
'-e+[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'--endpoint=[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'-t+[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'--token=[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'-k+[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--insecure-tls=[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--config=[mservctl'\''s configuration\: json, yaml or toml by its ending \[default\: ~/.mservctl.*\]]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'-f[Show the functions, too]' \
'--functions[Show the functions, too]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':id -- The bundle'\''s id:_default' \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
'-e+[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'--endpoint=[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'-t+[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'--token=[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'-k+[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--insecure-tls=[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--config=[mservctl'\''s configuration\: json, yaml or toml by its ending \[default\: ~/.mservctl.*\]]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':id -- The bundle'\''s id:_default' \
&& ret=0
;;
(download)
_arguments "${_arguments_options[@]}" : \
'-o+[The file to write \[default\: ID.zip\]]:FILE:_files' \
'--output=[The file to write \[default\: ID.zip\]]:FILE:_files' \
'--public-key=[Refuse a bundle that is not signed by the owner of this key\: the Gateway'\''s \`public_key_path\`]:FILE:_files' \
'-e+[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'--endpoint=[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'-t+[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'--token=[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'-k+[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--insecure-tls=[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--config=[mservctl'\''s configuration\: json, yaml or toml by its ending \[default\: ~/.mservctl.*\]]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':id -- The bundle'\''s id:_default' \
&& ret=0
;;
(health)
_arguments "${_arguments_options[@]}" : \
'-e+[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'--endpoint=[mserv'\''s address; a path in it is put before mserv'\''s own \[default\: the variable ENDPOINT, else \`endpoint\` of the file, else port 8989 of localhost\]]:URL:_default' \
'-t+[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'--token=[The token for \`X-Api-Key\`, for whoever has it in scripts\: others can read it here. Set the variable TOKEN, or \`token\` in the file]:TOKEN:_default' \
'-k+[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--insecure-tls=[Do not check the server'\''s certificate \[default\: the variable \`INSECURE_TLS\`, else \`insecure_tls\` of the file\]]::BOOL:(true false)' \
'--config=[mservctl'\''s configuration\: json, yaml or toml by its ending \[default\: ~/.mservctl.*\]]:FILE:_files' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__mserv__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-mserv-help-command-$line[1]:"
        case $line[1] in
            (push)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(update)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(fetch)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(download)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(health)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(s3)
_arguments "${_arguments_options[@]}" : \
'--endpoint-url=[The address of the store \[default\: \`AWS_ENDPOINT_URL_S3\`, else \`AWS_ENDPOINT_URL\`, else \`endpoint_url\` of the AWS profile, else AWS'\''s own\]]:URL:_default' \
'--region=[The bucket'\''s region \[default\: \`AWS_REGION\`, else \`AWS_DEFAULT_REGION\`, else \`region\` of the AWS profile, else us-east-1\]]:REGION:_default' \
'--profile=[The profile of AWS'\''s files whose credentials are used \[default\: the variables'\'' credentials, else \`AWS_PROFILE\`, else \`default\`, else those of the container or the machine\]]:NAME:_default' \
'--path-style[Put the bucket'\''s name into the path of URLs, as most stores but AWS want it]' \
'--no-verify-ssl[Do not check the store'\''s certificate]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_tyk-tui__subcmd__s3_commands" \
"*::: :->s3" \
&& ret=0

    case $state in
    (s3)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-s3-command-$line[1]:"
        case $line[1] in
            (push)
_arguments "${_arguments_options[@]}" : \
'--name=[Its name before the hash \[default\: the file'\''s where it is NAME-HASH.zip, else the project'\''s\]]:NAME:_default' \
'--object=[The rest of the key, with {name} and {hash8}]:TEMPLATE:_default' \
'--max-size=[The largest bundle that is pushed, in bytes or as 64 MiB\: a Gateway gives a download 5 s]:SIZE:_default' \
'--endpoint-url=[The address of the store \[default\: \`AWS_ENDPOINT_URL_S3\`, else \`AWS_ENDPOINT_URL\`, else \`endpoint_url\` of the AWS profile, else AWS'\''s own\]]:URL:_default' \
'--region=[The bucket'\''s region \[default\: \`AWS_REGION\`, else \`AWS_DEFAULT_REGION\`, else \`region\` of the AWS profile, else us-east-1\]]:REGION:_default' \
'--profile=[The profile of AWS'\''s files whose credentials are used \[default\: the variables'\'' credentials, else \`AWS_PROFILE\`, else \`default\`, else those of the container or the machine\]]:NAME:_default' \
'--json[Print JSON]' \
'--path-style[Put the bucket'\''s name into the path of URLs, as most stores but AWS want it]' \
'--no-verify-ssl[Do not check the store'\''s certificate]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':file -- The bundle:_files' \
':to -- Where to\: `s3\://BUCKET/PREFIX`; one that ends in .zip is the whole key:_default' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'--endpoint-url=[The address of the store \[default\: \`AWS_ENDPOINT_URL_S3\`, else \`AWS_ENDPOINT_URL\`, else \`endpoint_url\` of the AWS profile, else AWS'\''s own\]]:URL:_default' \
'--region=[The bucket'\''s region \[default\: \`AWS_REGION\`, else \`AWS_DEFAULT_REGION\`, else \`region\` of the AWS profile, else us-east-1\]]:REGION:_default' \
'--profile=[The profile of AWS'\''s files whose credentials are used \[default\: the variables'\'' credentials, else \`AWS_PROFILE\`, else \`default\`, else those of the container or the machine\]]:NAME:_default' \
'--json[Print JSON]' \
'--path-style[Put the bucket'\''s name into the path of URLs, as most stores but AWS want it]' \
'--no-verify-ssl[Do not check the store'\''s certificate]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':at -- Where\: `s3\://BUCKET/PREFIX`:_default' \
&& ret=0
;;
(fetch)
_arguments "${_arguments_options[@]}" : \
'-o+[The file to write \[default\: the last part of the key\]]:FILE:_files' \
'--output=[The file to write \[default\: the last part of the key\]]:FILE:_files' \
'--endpoint-url=[The address of the store \[default\: \`AWS_ENDPOINT_URL_S3\`, else \`AWS_ENDPOINT_URL\`, else \`endpoint_url\` of the AWS profile, else AWS'\''s own\]]:URL:_default' \
'--region=[The bucket'\''s region \[default\: \`AWS_REGION\`, else \`AWS_DEFAULT_REGION\`, else \`region\` of the AWS profile, else us-east-1\]]:REGION:_default' \
'--profile=[The profile of AWS'\''s files whose credentials are used \[default\: the variables'\'' credentials, else \`AWS_PROFILE\`, else \`default\`, else those of the container or the machine\]]:NAME:_default' \
'--force[Write over a file that is there]' \
'--json[Print JSON]' \
'--path-style[Put the bucket'\''s name into the path of URLs, as most stores but AWS want it]' \
'--no-verify-ssl[Do not check the store'\''s certificate]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':from -- The bundle\: `s3\://BUCKET/KEY`:_default' \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
'--endpoint-url=[The address of the store \[default\: \`AWS_ENDPOINT_URL_S3\`, else \`AWS_ENDPOINT_URL\`, else \`endpoint_url\` of the AWS profile, else AWS'\''s own\]]:URL:_default' \
'--region=[The bucket'\''s region \[default\: \`AWS_REGION\`, else \`AWS_DEFAULT_REGION\`, else \`region\` of the AWS profile, else us-east-1\]]:REGION:_default' \
'--profile=[The profile of AWS'\''s files whose credentials are used \[default\: the variables'\'' credentials, else \`AWS_PROFILE\`, else \`default\`, else those of the container or the machine\]]:NAME:_default' \
'--json[Print JSON]' \
'--path-style[Put the bucket'\''s name into the path of URLs, as most stores but AWS want it]' \
'--no-verify-ssl[Do not check the store'\''s certificate]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':at -- The bundle\: `s3\://BUCKET/KEY`:_default' \
&& ret=0
;;
(presign)
_arguments "${_arguments_options[@]}" : \
'--expires-in=[For how many seconds the link holds; S3 takes 604800 (7 days) at most]:SECONDS:_default' \
'--endpoint-url=[The address of the store \[default\: \`AWS_ENDPOINT_URL_S3\`, else \`AWS_ENDPOINT_URL\`, else \`endpoint_url\` of the AWS profile, else AWS'\''s own\]]:URL:_default' \
'--region=[The bucket'\''s region \[default\: \`AWS_REGION\`, else \`AWS_DEFAULT_REGION\`, else \`region\` of the AWS profile, else us-east-1\]]:REGION:_default' \
'--profile=[The profile of AWS'\''s files whose credentials are used \[default\: the variables'\'' credentials, else \`AWS_PROFILE\`, else \`default\`, else those of the container or the machine\]]:NAME:_default' \
'--json[Print JSON]' \
'--path-style[Put the bucket'\''s name into the path of URLs, as most stores but AWS want it]' \
'--no-verify-ssl[Do not check the store'\''s certificate]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':at -- The bundle\: `s3\://BUCKET/KEY`:_default' \
&& ret=0
;;
(policy)
_arguments "${_arguments_options[@]}" : \
'--bucket=[The bucket]:BUCKET:_default' \
'(--mserv)--prefix=[What the keys of bundles begin with; without it the whole bucket]:PREFIX:_default' \
'--endpoint-url=[The address of the store \[default\: \`AWS_ENDPOINT_URL_S3\`, else \`AWS_ENDPOINT_URL\`, else \`endpoint_url\` of the AWS profile, else AWS'\''s own\]]:URL:_default' \
'--region=[The bucket'\''s region \[default\: \`AWS_REGION\`, else \`AWS_DEFAULT_REGION\`, else \`region\` of the AWS profile, else us-east-1\]]:REGION:_default' \
'--profile=[The profile of AWS'\''s files whose credentials are used \[default\: the variables'\'' credentials, else \`AWS_PROFILE\`, else \`default\`, else those of the container or the machine\]]:NAME:_default' \
'(--bucket)--mserv[For mserv on S3\: it makes a bucket for each bundle]' \
'--json[Print it in one line]' \
'--path-style[Put the bucket'\''s name into the path of URLs, as most stores but AWS want it]' \
'--no-verify-ssl[Do not check the store'\''s certificate]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(check)
_arguments "${_arguments_options[@]}" : \
'--base-url=[The Gateway'\''s \`bundle_base_url\`, where it is another than the bucket'\''s own address\: a CDN'\''s. The key'\''s last part is the bundle'\''s name]:URL:_default' \
'--endpoint-url=[The address of the store \[default\: \`AWS_ENDPOINT_URL_S3\`, else \`AWS_ENDPOINT_URL\`, else \`endpoint_url\` of the AWS profile, else AWS'\''s own\]]:URL:_default' \
'--region=[The bucket'\''s region \[default\: \`AWS_REGION\`, else \`AWS_DEFAULT_REGION\`, else \`region\` of the AWS profile, else us-east-1\]]:REGION:_default' \
'--profile=[The profile of AWS'\''s files whose credentials are used \[default\: the variables'\'' credentials, else \`AWS_PROFILE\`, else \`default\`, else those of the container or the machine\]]:NAME:_default' \
'--json[Print JSON]' \
'--path-style[Put the bucket'\''s name into the path of URLs, as most stores but AWS want it]' \
'--no-verify-ssl[Do not check the store'\''s certificate]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':at -- The bundle\: `s3\://BUCKET/KEY`:_default' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__s3__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-s3-help-command-$line[1]:"
        case $line[1] in
            (push)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(fetch)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(presign)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(policy)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(check)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(target)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_tyk-tui__subcmd__target_commands" \
"*::: :->target" \
&& ret=0

    case $state in
    (target)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-target-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(health)
_arguments "${_arguments_options[@]}" : \
'--target=[The target'\''s name \[default\: the profile'\''s \`ship_target\`, else \`host\`, the folder of the bundle host\]]:NAME:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(bundles)
_arguments "${_arguments_options[@]}" : \
'--target=[The target'\''s name \[default\: the profile'\''s \`ship_target\`, else \`host\`, the folder of the bundle host\]]:NAME:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(push)
_arguments "${_arguments_options[@]}" : \
'--name=[Its name before the hash \[default\: the file'\''s where it is NAME-HASH.zip, else the project'\''s\]]:NAME:_default' \
'--target=[The target'\''s name \[default\: the profile'\''s \`ship_target\`, else \`host\`, the folder of the bundle host\]]:NAME:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':file -- The bundle:_files' \
&& ret=0
;;
(fetch)
_arguments "${_arguments_options[@]}" : \
'-o+[The file to write \[default\: the id, with .zip\]]:FILE:_files' \
'--output=[The file to write \[default\: the id, with .zip\]]:FILE:_files' \
'--target=[The target'\''s name \[default\: the profile'\''s \`ship_target\`, else \`host\`, the folder of the bundle host\]]:NAME:_default' \
'--use=[The profile to use]:NAME:_default' \
'--force[Write over a file that is there]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':id -- The bundle'\''s id:_default' \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
'--target=[The target'\''s name \[default\: the profile'\''s \`ship_target\`, else \`host\`, the folder of the bundle host\]]:NAME:_default' \
'--use=[The profile to use]:NAME:_default' \
'--force[Delete it although an API uses it, or nobody could be asked]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':id -- The bundle'\''s id:_default' \
&& ret=0
;;
(prune)
_arguments "${_arguments_options[@]}" : \
'--target=[The target'\''s name \[default\: the profile'\''s \`ship_target\`, else \`host\`, the folder of the bundle host\]]:NAME:_default' \
'--use=[The profile to use]:NAME:_default' \
'--yes[Delete them]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__target__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-target-help-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(health)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(bundles)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(push)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(fetch)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(prune)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(request)
_arguments "${_arguments_options[@]}" : \
'(--history --again)-X+[The method \[default\: GET; POST with a body\]]:METHOD:_default' \
'(--history --again)--request=[The method \[default\: GET; POST with a body\]]:METHOD:_default' \
'(--history --again)*-H+[A header, \`Name\: value\`; \`Name;\` for one without a value. Secrets belong into --auth]:LINE:_default' \
'(--history --again)*--header=[A header, \`Name\: value\`; \`Name;\` for one without a value. Secrets belong into --auth]:LINE:_default' \
'(--history --again)*-d+[A body, as a form unless a header says otherwise; @FILE takes it of a file without its line breaks, @- of standard input. Given again, it is added after an \`&\`]:DATA:_default' \
'(--history --again)*--data=[A body, as a form unless a header says otherwise; @FILE takes it of a file without its line breaks, @- of standard input. Given again, it is added after an \`&\`]:DATA:_default' \
'(-d --data --history --again)--data-binary=[A body as it is; @FILE takes that of a file, @- of standard input]:DATA:_default' \
'(-d --data --data-binary --history --again)--data-raw=[A body as it is, an @ too]:DATA:_default' \
'-o+[Write the body to this file, which you alone can read\: all of it, and as it came]:FILE:_files' \
'--output=[Write the body to this file, which you alone can read\: all of it, and as it came]:FILE:_files' \
'-m+[How long all of it may take, in seconds]:SECONDS:_default' \
'--max-time=[How long all of it may take, in seconds]:SECONDS:_default' \
'--again=[Send a request of the history again\: 1 is the last one]:N:_default' \
'--auth=[How the request proves who it is from]:KIND:((none\:"No authentication"
key\:"A key in a header"
hmac\:"The reference HMAC scheme\: the Date is signed"
jwt\:"A JSON Web Token, minted now"
basic\:"User and password"))' \
'(--key-file)--key-env=[The variable that holds the key, secret or password]:NAME:_default' \
'--key-file=[The file that holds it; others must not be able to read it. For JWTs but of HS a private key in PEM]:FILE:_files' \
'--auth-header=[key, jwt\: the header \[default\: Authorization\]]:NAME:_default' \
'--auth-scheme=[key, jwt\: a word before it \[default\: none for key, Bearer for jwt\]]:WORD:_default' \
'--key-id=[hmac\: which key; it is sent as it is]:ID:_default' \
'--algorithm=[hmac\: sha256 or sha512 \[default\: sha512\]. jwt\: HS, RS or PS with 256, 384 or 512, ES256, ES384, \`EdDSA\` \[default\: HS256\]]:NAME:_default' \
'--kid=[jwt\: \`kid\` of the token'\''s header]:ID:_default' \
'--claims=[jwt\: the claims, a JSON object, or @FILE; \`iat\` and \`exp\` are added where they are not there]:JSON:_default' \
'--expires-in=[jwt\: for how many seconds the token holds \[default\: 300\]]:SECONDS:_default' \
'--user=[basic\: the user'\''s name]:NAME:_default' \
'--use=[The profile to use]:NAME:_default' \
'(-X --request -d --data --data-binary --data-raw --history --again)-I[Ask with HEAD]' \
'(-X --request -d --data --data-binary --data-raw --history --again)--head[Ask with HEAD]' \
'-i[Print the answer'\''s status and headers, too]' \
'--include[Print the answer'\''s status and headers, too]' \
'-k[Do not check the server'\''s certificate]' \
'--insecure[Do not check the server'\''s certificate]' \
'-f[Exit with 1 where the answer'\''s status is 400 or more]' \
'--fail[Exit with 1 where the answer'\''s status is 400 or more]' \
'--curl[Print the command of curl that sends the same, and send nothing]' \
'(--curl --again)--history[List the requests that were sent, the last one first]' \
'--no-history[Do not keep this request in the history]' \
'--show-secrets[Show secrets as they are]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
'::url -- The URL, or a path of the profile'\''s Gateway:_default' \
&& ret=0
;;
(gateway)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
":: :_tyk-tui__subcmd__gateway_commands" \
"*::: :->gateway" \
&& ret=0

    case $state in
    (gateway)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-gateway-command-$line[1]:"
        case $line[1] in
            (hello)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(apis)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(get)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print an object with the definition in it]' \
'--loaded[As it is in force, classic\: an OAS API'\''s projection too, with the hooks of the bundle that was loaded]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':id -- The API'\''s id:_default' \
&& ret=0
;;
(put)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--new[Store it as a new API\: refused where the id is taken]' \
'--dry-run[Say what would change, and change nothing]' \
'--json[Print JSON]' \
'--reload[Reload the Gateway, and ask whether it serves the API then]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':file -- The definition\: a file (Tyk Classic or Tyk OAS, JSON or YAML, raw or in the Dashboard'\''s wrapper), or - for standard input:_files' \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--reload[Reload the Gateway, so that it serves the API no more]' \
'--yes[Do not ask]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':id -- The API'\''s id:_default' \
&& ret=0
;;
(reload)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'(--group)--no-wait[Do not wait\: the Gateway reloads within a second or two of being asked]' \
'--group[Every Gateway of its group, this one too; nobody waits for them]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(debug)
_arguments "${_arguments_options[@]}" : \
'(-X --method --path -H --header -d --body)--request=[The request as HTTP has it (\`POST /orders\`, headers, an empty line, the body)\: a file, or - for standard input]:FILE:_files' \
'-X+[Its method]:METHOD:_default' \
'--method=[Its method]:METHOD:_default' \
'--path=[Its path below the listen path]:PATH:_default' \
'*-H+[A header. One that is secret belongs into a file with the request\: others can read it here]:NAME: VALUE:_default' \
'*--header=[A header. One that is secret belongs into a file with the request\: others can read it here]:NAME: VALUE:_default' \
'-d+[Its body]:TEXT:_default' \
'--body=[Its body]:TEXT:_default' \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--show-secrets[Show secrets]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
':file -- The definition:_files' \
&& ret=0
;;
(key)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_tyk-tui__subcmd__gateway__subcmd__key_commands" \
"*::: :->key" \
&& ret=0

    case $state in
    (key)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-gateway-key-command-$line[1]:"
        case $line[1] in
            (create)
_arguments "${_arguments_options[@]}" : \
'--rate=[Most requests in --per seconds \[default\: no limit\]]:REQUESTS:_default' \
'--per=[Seconds]:SECONDS:_default' \
'--quota=[Most requests in all \[default\: no limit\]]:REQUESTS:_default' \
'--expires=[How long it lives\: 30m, 2h, 7d; or never]:TIME:_default' \
'--alias=[A name to find it by]:NAME:_default' \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':api -- The id of the API that it opens; it opens no other:_default' \
&& ret=0
;;
(get)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--show-secrets[Print the key whole]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':key -- The key\: its end as `key list` shows it (9314), its alias, its hash, or - to read it whole from standard input:_default' \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
'--api=[Those that open this API alone]:ID:_default' \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--show-secrets[Print the keys whole]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--yes[Do not ask]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':key -- The key\: its end as `key list` shows it (9314), its alias, its hash, or - to read it whole from standard input:_default' \
&& ret=0
;;
(leftovers)
_arguments "${_arguments_options[@]}" : \
'--api=[Those that open this API alone]:ID:_default' \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--revoke[Delete them; asks first]' \
'--yes[Do not ask]' \
'--show-secrets[Print the keys whole]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-gateway-key-help-command-$line[1]:"
        case $line[1] in
            (create)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(get)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(leftovers)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__gateway__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-gateway-help-command-$line[1]:"
        case $line[1] in
            (hello)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(apis)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(get)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(put)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(reload)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(debug)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(key)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key_commands" \
"*::: :->key" \
&& ret=0

    case $state in
    (key)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-gateway-help-key-command-$line[1]:"
        case $line[1] in
            (create)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(get)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(leftovers)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(dashboard)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help (see more with '\''--help'\'')]' \
'--help[Print help (see more with '\''--help'\'')]' \
":: :_tyk-tui__subcmd__dashboard_commands" \
"*::: :->dashboard" \
&& ret=0

    case $state in
    (dashboard)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-dashboard-command-$line[1]:"
        case $line[1] in
            (apis)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(get)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--json[Print an object with the definition in it]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':id -- The API'\''s id:_default' \
&& ret=0
;;
(put)
_arguments "${_arguments_options[@]}" : \
'--url=[Its address, http\://HOST\:PORT \[default\: the profile'\''s\]]:URL:_default' \
'--timeout=[How long an answer may take, in seconds \[default\: 30; to a reload\: as long as it takes\]]:SECONDS:_default' \
'--use=[The profile to use]:NAME:_default' \
'--new[Store it as a new API\: refused where the id is taken]' \
'--dry-run[Say what would change, and change nothing]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':file -- The definition\: a file (Tyk Classic or Tyk OAS, JSON or YAML, raw or in the Dashboard'\''s wrapper), or - for standard input:_files' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__dashboard__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-dashboard-help-command-$line[1]:"
        case $line[1] in
            (apis)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(get)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(put)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(completions)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
':shell -- The shell:(bash elvish fish powershell zsh)' \
&& ret=0
;;
(man)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
'*::command -- The page of this command, such as `build` or `config show`:_default' \
&& ret=0
;;
(paths)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(config)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
":: :_tyk-tui__subcmd__config_commands" \
"*::: :->config" \
&& ret=0

    case $state in
    (config)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-config-command-$line[1]:"
        case $line[1] in
            (show)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--origin[Also the layer and the place that each comes from]' \
'--json[Print JSON]' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(trust)
_arguments "${_arguments_options[@]}" : \
'--use=[The profile to use]:NAME:_default' \
'--read-only[Write nothing outside this machine\: no push, no change of a Gateway]' \
'-h[Print help]' \
'--help[Print help]' \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__config__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-config-help-command-$line[1]:"
        case $line[1] in
            (show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(trust)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(help)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help_commands" \
"*::: :->help" \
&& ret=0

    case $state in
    (help)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-command-$line[1]:"
        case $line[1] in
            (build)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(verify)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(inspect)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(lint)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(keygen)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(serve)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(attach)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(session)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help__subcmd__session_commands" \
"*::: :->session" \
&& ret=0

    case $state in
    (session)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-session-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(export)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(wait)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(replay)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(rule)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help__subcmd__rule_commands" \
"*::: :->rule" \
&& ret=0

    case $state in
    (rule)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-rule-command-$line[1]:"
        case $line[1] in
            (test)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(host)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(doctor)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(demo)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(new)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(manifest)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help__subcmd__manifest_commands" \
"*::: :->manifest" \
&& ret=0

    case $state in
    (manifest)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-manifest-command-$line[1]:"
        case $line[1] in
            (init)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(unset)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(add-file)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove-file)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(add-hook)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(remove-hook)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(backups)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help__subcmd__backups_commands" \
"*::: :->backups" \
&& ret=0

    case $state in
    (backups)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-backups-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(diff)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(restore)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(api)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help__subcmd__api_commands" \
"*::: :->api" \
&& ret=0

    case $state in
    (api)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-api-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(set)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(unset)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(new)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(convert)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(extend)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(upgrade)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(ship)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(mserv)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help__subcmd__mserv_commands" \
"*::: :->mserv" \
&& ret=0

    case $state in
    (mserv)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-mserv-command-$line[1]:"
        case $line[1] in
            (push)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(update)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(fetch)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(download)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(health)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(s3)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help__subcmd__s3_commands" \
"*::: :->s3" \
&& ret=0

    case $state in
    (s3)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-s3-command-$line[1]:"
        case $line[1] in
            (push)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(fetch)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(presign)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(policy)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(check)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(target)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help__subcmd__target_commands" \
"*::: :->target" \
&& ret=0

    case $state in
    (target)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-target-command-$line[1]:"
        case $line[1] in
            (list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(health)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(bundles)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(push)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(fetch)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(prune)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(request)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(gateway)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help__subcmd__gateway_commands" \
"*::: :->gateway" \
&& ret=0

    case $state in
    (gateway)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-gateway-command-$line[1]:"
        case $line[1] in
            (hello)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(apis)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(get)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(put)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(reload)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(debug)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(key)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key_commands" \
"*::: :->key" \
&& ret=0

    case $state in
    (key)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-gateway-key-command-$line[1]:"
        case $line[1] in
            (create)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(get)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(list)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(delete)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(leftovers)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
;;
(dashboard)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help__subcmd__dashboard_commands" \
"*::: :->dashboard" \
&& ret=0

    case $state in
    (dashboard)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-dashboard-command-$line[1]:"
        case $line[1] in
            (apis)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(get)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(put)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(completions)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(man)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(paths)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(config)
_arguments "${_arguments_options[@]}" : \
":: :_tyk-tui__subcmd__help__subcmd__config_commands" \
"*::: :->config" \
&& ret=0

    case $state in
    (config)
        words=($line[1] "${words[@]}")
        (( CURRENT += 1 ))
        curcontext="${curcontext%:*:*}:tyk-tui-help-config-command-$line[1]:"
        case $line[1] in
            (show)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
(trust)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
(help)
_arguments "${_arguments_options[@]}" : \
&& ret=0
;;
        esac
    ;;
esac
;;
        esac
    ;;
esac
}

(( $+functions[_tyk-tui_commands] )) ||
_tyk-tui_commands() {
    local commands; commands=(
'build:Build a bundle from a manifest and its files' \
'verify:Say what a Gateway would do with a bundle\: the newest, or another release (\`--as\`)' \
'inspect:Show what is in a bundle, and what its checksum and signature cover; of two, what differs' \
'lint:Find mistakes in manifests, API definitions, code, keys, bundles and a tyk.conf' \
'keygen:Make an RSA key pair to sign bundles with' \
'serve:Run the plugin server without a console, one line a Dispatch' \
'attach:Open the console on a session\: one of the past, or one that a server writes just now' \
'session:Look after what \`serve --record\` wrote to the disk\: list, export, delete' \
'wait:Wait for Dispatches of a running server or a session, and print them\: for tests' \
'replay:Send the calls of a session again, and compare the answers with the recorded ones' \
'rule:Try rules on recorded Dispatches, without a server; list them' \
'host:Serve a folder of bundles over HTTP' \
'doctor:Say whether a Gateway is set up so that plugins work, and what to change' \
'demo:Show the whole loop on recorded traffic, with no Gateway' \
'new:Begin a project\: manifest, code, API definition, configuration, README' \
'manifest:Show and change a manifest' \
'backups:List, show and restore the previous versions of files that tyk-tui replaced' \
'api:Look at and change API definitions, Tyk Classic and Tyk OAS' \
'ship:Lint, build, sign, verify and push the bundle; point APIs at it, reload the Gateway and ask it what it runs' \
'mserv:Push bundles to mserv and look after them there, with mservctl'\''s flags and table' \
's3:Push bundles to S3, or a store that speaks like it, and look after them there, with the AWS CLI'\''s flags' \
'target:Look after the bundles of a target\: the host'\''s folder, or a folder, mserv or S3 of the profile' \
'request:Send a request with curl'\''s words and the authentication of the hook under test' \
'gateway:A Gateway by its control API\: health, APIs, reloads, trials without a deployment, keys' \
'dashboard:A Dashboard'\''s APIs. Written from its public swagger, not run against a real one' \
'completions:Print a shell'\''s completions' \
'man:Print the manual page' \
'paths:Print the folders and files that tyk-tui uses' \
'config:Show the configuration in force' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api_commands] )) ||
_tyk-tui__subcmd__api_commands() {
    local commands; commands=(
'list:List API definitions\: name, id, kind, listen path, driver, bundle, authentication' \
'show:Print a definition, or the value at a path' \
'set:Set the value at a path' \
'unset:Remove what is at a path' \
'new:Make a definition\: the smallest that a Gateway loads, with what plugins need next' \
'convert:Write a definition that is YAML as JSON' \
'extend:Give a plain OpenAPI document the \`x-tyk-api-gateway\` that a Gateway needs' \
'upgrade:Write the older plugin form of Tyk OAS (\`prePlugin\`) as lists (\`prePlugins\`)' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui api commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__convert_commands] )) ||
_tyk-tui__subcmd__api__subcmd__convert_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api convert commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__extend_commands] )) ||
_tyk-tui__subcmd__api__subcmd__extend_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api extend commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__help_commands] )) ||
_tyk-tui__subcmd__api__subcmd__help_commands() {
    local commands; commands=(
'list:List API definitions\: name, id, kind, listen path, driver, bundle, authentication' \
'show:Print a definition, or the value at a path' \
'set:Set the value at a path' \
'unset:Remove what is at a path' \
'new:Make a definition\: the smallest that a Gateway loads, with what plugins need next' \
'convert:Write a definition that is YAML as JSON' \
'extend:Give a plain OpenAPI document the \`x-tyk-api-gateway\` that a Gateway needs' \
'upgrade:Write the older plugin form of Tyk OAS (\`prePlugin\`) as lists (\`prePlugins\`)' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui api help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__help__subcmd__convert_commands] )) ||
_tyk-tui__subcmd__api__subcmd__help__subcmd__convert_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api help convert commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__help__subcmd__extend_commands] )) ||
_tyk-tui__subcmd__api__subcmd__help__subcmd__extend_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api help extend commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__api__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__help__subcmd__list_commands] )) ||
_tyk-tui__subcmd__api__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api help list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__help__subcmd__new_commands] )) ||
_tyk-tui__subcmd__api__subcmd__help__subcmd__new_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api help new commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__help__subcmd__set_commands] )) ||
_tyk-tui__subcmd__api__subcmd__help__subcmd__set_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api help set commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__help__subcmd__show_commands] )) ||
_tyk-tui__subcmd__api__subcmd__help__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api help show commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__help__subcmd__unset_commands] )) ||
_tyk-tui__subcmd__api__subcmd__help__subcmd__unset_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api help unset commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__help__subcmd__upgrade_commands] )) ||
_tyk-tui__subcmd__api__subcmd__help__subcmd__upgrade_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api help upgrade commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__list_commands] )) ||
_tyk-tui__subcmd__api__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__new_commands] )) ||
_tyk-tui__subcmd__api__subcmd__new_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api new commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__set_commands] )) ||
_tyk-tui__subcmd__api__subcmd__set_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api set commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__show_commands] )) ||
_tyk-tui__subcmd__api__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api show commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__unset_commands] )) ||
_tyk-tui__subcmd__api__subcmd__unset_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api unset commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__api__subcmd__upgrade_commands] )) ||
_tyk-tui__subcmd__api__subcmd__upgrade_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui api upgrade commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__attach_commands] )) ||
_tyk-tui__subcmd__attach_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui attach commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__backups_commands] )) ||
_tyk-tui__subcmd__backups_commands() {
    local commands; commands=(
'list:List the versions that are kept, the latest first' \
'show:Print a version' \
'diff:Show what restoring a version would change' \
'restore:Put a version in the file'\''s place; what the file holds now is kept as a version too' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui backups commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__backups__subcmd__diff_commands] )) ||
_tyk-tui__subcmd__backups__subcmd__diff_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui backups diff commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__backups__subcmd__help_commands] )) ||
_tyk-tui__subcmd__backups__subcmd__help_commands() {
    local commands; commands=(
'list:List the versions that are kept, the latest first' \
'show:Print a version' \
'diff:Show what restoring a version would change' \
'restore:Put a version in the file'\''s place; what the file holds now is kept as a version too' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui backups help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__backups__subcmd__help__subcmd__diff_commands] )) ||
_tyk-tui__subcmd__backups__subcmd__help__subcmd__diff_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui backups help diff commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__backups__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__backups__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui backups help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__backups__subcmd__help__subcmd__list_commands] )) ||
_tyk-tui__subcmd__backups__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui backups help list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__backups__subcmd__help__subcmd__restore_commands] )) ||
_tyk-tui__subcmd__backups__subcmd__help__subcmd__restore_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui backups help restore commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__backups__subcmd__help__subcmd__show_commands] )) ||
_tyk-tui__subcmd__backups__subcmd__help__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui backups help show commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__backups__subcmd__list_commands] )) ||
_tyk-tui__subcmd__backups__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui backups list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__backups__subcmd__restore_commands] )) ||
_tyk-tui__subcmd__backups__subcmd__restore_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui backups restore commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__backups__subcmd__show_commands] )) ||
_tyk-tui__subcmd__backups__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui backups show commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__build_commands] )) ||
_tyk-tui__subcmd__build_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui build commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__completions_commands] )) ||
_tyk-tui__subcmd__completions_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui completions commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__config_commands] )) ||
_tyk-tui__subcmd__config_commands() {
    local commands; commands=(
'show:Print every setting in force' \
'trust:Agree to what this project'\''s file asks for\: a port beyond this machine, a key outside the project' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui config commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__config__subcmd__help_commands] )) ||
_tyk-tui__subcmd__config__subcmd__help_commands() {
    local commands; commands=(
'show:Print every setting in force' \
'trust:Agree to what this project'\''s file asks for\: a port beyond this machine, a key outside the project' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui config help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__config__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__config__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui config help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__config__subcmd__help__subcmd__show_commands] )) ||
_tyk-tui__subcmd__config__subcmd__help__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui config help show commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__config__subcmd__help__subcmd__trust_commands] )) ||
_tyk-tui__subcmd__config__subcmd__help__subcmd__trust_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui config help trust commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__config__subcmd__show_commands] )) ||
_tyk-tui__subcmd__config__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui config show commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__config__subcmd__trust_commands] )) ||
_tyk-tui__subcmd__config__subcmd__trust_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui config trust commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__dashboard_commands] )) ||
_tyk-tui__subcmd__dashboard_commands() {
    local commands; commands=(
'apis:List its APIs, classic and OAS' \
'get:Print an API\: a classic one in the Dashboard'\''s wrapper, with the database'\''s id' \
'put:Create or replace an API, and say what differs from what is there' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui dashboard commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__dashboard__subcmd__apis_commands] )) ||
_tyk-tui__subcmd__dashboard__subcmd__apis_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui dashboard apis commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__dashboard__subcmd__get_commands] )) ||
_tyk-tui__subcmd__dashboard__subcmd__get_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui dashboard get commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__dashboard__subcmd__help_commands] )) ||
_tyk-tui__subcmd__dashboard__subcmd__help_commands() {
    local commands; commands=(
'apis:List its APIs, classic and OAS' \
'get:Print an API\: a classic one in the Dashboard'\''s wrapper, with the database'\''s id' \
'put:Create or replace an API, and say what differs from what is there' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui dashboard help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__dashboard__subcmd__help__subcmd__apis_commands] )) ||
_tyk-tui__subcmd__dashboard__subcmd__help__subcmd__apis_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui dashboard help apis commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__dashboard__subcmd__help__subcmd__get_commands] )) ||
_tyk-tui__subcmd__dashboard__subcmd__help__subcmd__get_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui dashboard help get commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__dashboard__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__dashboard__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui dashboard help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__dashboard__subcmd__help__subcmd__put_commands] )) ||
_tyk-tui__subcmd__dashboard__subcmd__help__subcmd__put_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui dashboard help put commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__dashboard__subcmd__put_commands] )) ||
_tyk-tui__subcmd__dashboard__subcmd__put_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui dashboard put commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__demo_commands] )) ||
_tyk-tui__subcmd__demo_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui demo commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__doctor_commands] )) ||
_tyk-tui__subcmd__doctor_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui doctor commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway_commands] )) ||
_tyk-tui__subcmd__gateway_commands() {
    local commands; commands=(
'hello:Say how it is\: its release, whether it is ready, what it needs and whether that is there' \
'apis:List the APIs that it has loaded, classic and OAS' \
'get:Print an API as the Gateway keeps it' \
'put:Create or replace an API, and say what differs from what is deployed' \
'delete:Take an API away; asks first' \
'reload:Have it load its APIs anew, and wait until it has' \
'debug:Try a definition with a request, undeployed\: the response, and what each middleware did' \
'key:Make, list and delete keys; find those that sessions of plugins left behind' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui gateway commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__apis_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__apis_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway apis commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__debug_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__debug_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway debug commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__get_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__get_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway get commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__hello_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__hello_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway hello commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help_commands() {
    local commands; commands=(
'hello:Say how it is\: its release, whether it is ready, what it needs and whether that is there' \
'apis:List the APIs that it has loaded, classic and OAS' \
'get:Print an API as the Gateway keeps it' \
'put:Create or replace an API, and say what differs from what is deployed' \
'delete:Take an API away; asks first' \
'reload:Have it load its APIs anew, and wait until it has' \
'debug:Try a definition with a request, undeployed\: the response, and what each middleware did' \
'key:Make, list and delete keys; find those that sessions of plugins left behind' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui gateway help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__apis_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__apis_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help apis commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__debug_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__debug_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help debug commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__get_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__get_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help get commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__hello_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__hello_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help hello commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key_commands() {
    local commands; commands=(
'create:Make a key for one API, for a test\: it ends in an hour. The key is printed, once' \
'get:Show what a key may do' \
'list:List keys, by their ends' \
'delete:Delete a key; asks first' \
'leftovers:Find live keys that sessions of auth plugins left behind, and revoke them' \
    )
    _describe -t commands 'tyk-tui gateway help key commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key__subcmd__create_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key__subcmd__create_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help key create commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help key delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key__subcmd__get_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key__subcmd__get_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help key get commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key__subcmd__leftovers_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key__subcmd__leftovers_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help key leftovers commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key__subcmd__list_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__key__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help key list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__put_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__put_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help put commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__help__subcmd__reload_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__help__subcmd__reload_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway help reload commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key_commands() {
    local commands; commands=(
'create:Make a key for one API, for a test\: it ends in an hour. The key is printed, once' \
'get:Show what a key may do' \
'list:List keys, by their ends' \
'delete:Delete a key; asks first' \
'leftovers:Find live keys that sessions of auth plugins left behind, and revoke them' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui gateway key commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key__subcmd__create_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key__subcmd__create_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway key create commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway key delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key__subcmd__get_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key__subcmd__get_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway key get commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help_commands() {
    local commands; commands=(
'create:Make a key for one API, for a test\: it ends in an hour. The key is printed, once' \
'get:Show what a key may do' \
'list:List keys, by their ends' \
'delete:Delete a key; asks first' \
'leftovers:Find live keys that sessions of auth plugins left behind, and revoke them' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui gateway key help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help__subcmd__create_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help__subcmd__create_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway key help create commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway key help delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help__subcmd__get_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help__subcmd__get_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway key help get commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway key help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help__subcmd__leftovers_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help__subcmd__leftovers_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway key help leftovers commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help__subcmd__list_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway key help list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key__subcmd__leftovers_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key__subcmd__leftovers_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway key leftovers commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__key__subcmd__list_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__key__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway key list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__put_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__put_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway put commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__gateway__subcmd__reload_commands] )) ||
_tyk-tui__subcmd__gateway__subcmd__reload_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui gateway reload commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help_commands] )) ||
_tyk-tui__subcmd__help_commands() {
    local commands; commands=(
'build:Build a bundle from a manifest and its files' \
'verify:Say what a Gateway would do with a bundle\: the newest, or another release (\`--as\`)' \
'inspect:Show what is in a bundle, and what its checksum and signature cover; of two, what differs' \
'lint:Find mistakes in manifests, API definitions, code, keys, bundles and a tyk.conf' \
'keygen:Make an RSA key pair to sign bundles with' \
'serve:Run the plugin server without a console, one line a Dispatch' \
'attach:Open the console on a session\: one of the past, or one that a server writes just now' \
'session:Look after what \`serve --record\` wrote to the disk\: list, export, delete' \
'wait:Wait for Dispatches of a running server or a session, and print them\: for tests' \
'replay:Send the calls of a session again, and compare the answers with the recorded ones' \
'rule:Try rules on recorded Dispatches, without a server; list them' \
'host:Serve a folder of bundles over HTTP' \
'doctor:Say whether a Gateway is set up so that plugins work, and what to change' \
'demo:Show the whole loop on recorded traffic, with no Gateway' \
'new:Begin a project\: manifest, code, API definition, configuration, README' \
'manifest:Show and change a manifest' \
'backups:List, show and restore the previous versions of files that tyk-tui replaced' \
'api:Look at and change API definitions, Tyk Classic and Tyk OAS' \
'ship:Lint, build, sign, verify and push the bundle; point APIs at it, reload the Gateway and ask it what it runs' \
'mserv:Push bundles to mserv and look after them there, with mservctl'\''s flags and table' \
's3:Push bundles to S3, or a store that speaks like it, and look after them there, with the AWS CLI'\''s flags' \
'target:Look after the bundles of a target\: the host'\''s folder, or a folder, mserv or S3 of the profile' \
'request:Send a request with curl'\''s words and the authentication of the hook under test' \
'gateway:A Gateway by its control API\: health, APIs, reloads, trials without a deployment, keys' \
'dashboard:A Dashboard'\''s APIs. Written from its public swagger, not run against a real one' \
'completions:Print a shell'\''s completions' \
'man:Print the manual page' \
'paths:Print the folders and files that tyk-tui uses' \
'config:Show the configuration in force' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__api_commands] )) ||
_tyk-tui__subcmd__help__subcmd__api_commands() {
    local commands; commands=(
'list:List API definitions\: name, id, kind, listen path, driver, bundle, authentication' \
'show:Print a definition, or the value at a path' \
'set:Set the value at a path' \
'unset:Remove what is at a path' \
'new:Make a definition\: the smallest that a Gateway loads, with what plugins need next' \
'convert:Write a definition that is YAML as JSON' \
'extend:Give a plain OpenAPI document the \`x-tyk-api-gateway\` that a Gateway needs' \
'upgrade:Write the older plugin form of Tyk OAS (\`prePlugin\`) as lists (\`prePlugins\`)' \
    )
    _describe -t commands 'tyk-tui help api commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__api__subcmd__convert_commands] )) ||
_tyk-tui__subcmd__help__subcmd__api__subcmd__convert_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help api convert commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__api__subcmd__extend_commands] )) ||
_tyk-tui__subcmd__help__subcmd__api__subcmd__extend_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help api extend commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__api__subcmd__list_commands] )) ||
_tyk-tui__subcmd__help__subcmd__api__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help api list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__api__subcmd__new_commands] )) ||
_tyk-tui__subcmd__help__subcmd__api__subcmd__new_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help api new commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__api__subcmd__set_commands] )) ||
_tyk-tui__subcmd__help__subcmd__api__subcmd__set_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help api set commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__api__subcmd__show_commands] )) ||
_tyk-tui__subcmd__help__subcmd__api__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help api show commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__api__subcmd__unset_commands] )) ||
_tyk-tui__subcmd__help__subcmd__api__subcmd__unset_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help api unset commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__api__subcmd__upgrade_commands] )) ||
_tyk-tui__subcmd__help__subcmd__api__subcmd__upgrade_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help api upgrade commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__attach_commands] )) ||
_tyk-tui__subcmd__help__subcmd__attach_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help attach commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__backups_commands] )) ||
_tyk-tui__subcmd__help__subcmd__backups_commands() {
    local commands; commands=(
'list:List the versions that are kept, the latest first' \
'show:Print a version' \
'diff:Show what restoring a version would change' \
'restore:Put a version in the file'\''s place; what the file holds now is kept as a version too' \
    )
    _describe -t commands 'tyk-tui help backups commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__backups__subcmd__diff_commands] )) ||
_tyk-tui__subcmd__help__subcmd__backups__subcmd__diff_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help backups diff commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__backups__subcmd__list_commands] )) ||
_tyk-tui__subcmd__help__subcmd__backups__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help backups list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__backups__subcmd__restore_commands] )) ||
_tyk-tui__subcmd__help__subcmd__backups__subcmd__restore_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help backups restore commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__backups__subcmd__show_commands] )) ||
_tyk-tui__subcmd__help__subcmd__backups__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help backups show commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__build_commands] )) ||
_tyk-tui__subcmd__help__subcmd__build_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help build commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__completions_commands] )) ||
_tyk-tui__subcmd__help__subcmd__completions_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help completions commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__config_commands] )) ||
_tyk-tui__subcmd__help__subcmd__config_commands() {
    local commands; commands=(
'show:Print every setting in force' \
'trust:Agree to what this project'\''s file asks for\: a port beyond this machine, a key outside the project' \
    )
    _describe -t commands 'tyk-tui help config commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__config__subcmd__show_commands] )) ||
_tyk-tui__subcmd__help__subcmd__config__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help config show commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__config__subcmd__trust_commands] )) ||
_tyk-tui__subcmd__help__subcmd__config__subcmd__trust_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help config trust commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__dashboard_commands] )) ||
_tyk-tui__subcmd__help__subcmd__dashboard_commands() {
    local commands; commands=(
'apis:List its APIs, classic and OAS' \
'get:Print an API\: a classic one in the Dashboard'\''s wrapper, with the database'\''s id' \
'put:Create or replace an API, and say what differs from what is there' \
    )
    _describe -t commands 'tyk-tui help dashboard commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__dashboard__subcmd__apis_commands] )) ||
_tyk-tui__subcmd__help__subcmd__dashboard__subcmd__apis_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help dashboard apis commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__dashboard__subcmd__get_commands] )) ||
_tyk-tui__subcmd__help__subcmd__dashboard__subcmd__get_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help dashboard get commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__dashboard__subcmd__put_commands] )) ||
_tyk-tui__subcmd__help__subcmd__dashboard__subcmd__put_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help dashboard put commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__demo_commands] )) ||
_tyk-tui__subcmd__help__subcmd__demo_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help demo commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__doctor_commands] )) ||
_tyk-tui__subcmd__help__subcmd__doctor_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help doctor commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway_commands() {
    local commands; commands=(
'hello:Say how it is\: its release, whether it is ready, what it needs and whether that is there' \
'apis:List the APIs that it has loaded, classic and OAS' \
'get:Print an API as the Gateway keeps it' \
'put:Create or replace an API, and say what differs from what is deployed' \
'delete:Take an API away; asks first' \
'reload:Have it load its APIs anew, and wait until it has' \
'debug:Try a definition with a request, undeployed\: the response, and what each middleware did' \
'key:Make, list and delete keys; find those that sessions of plugins left behind' \
    )
    _describe -t commands 'tyk-tui help gateway commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__apis_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__apis_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help gateway apis commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__debug_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__debug_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help gateway debug commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help gateway delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__get_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__get_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help gateway get commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__hello_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__hello_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help gateway hello commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key_commands() {
    local commands; commands=(
'create:Make a key for one API, for a test\: it ends in an hour. The key is printed, once' \
'get:Show what a key may do' \
'list:List keys, by their ends' \
'delete:Delete a key; asks first' \
'leftovers:Find live keys that sessions of auth plugins left behind, and revoke them' \
    )
    _describe -t commands 'tyk-tui help gateway key commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key__subcmd__create_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key__subcmd__create_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help gateway key create commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help gateway key delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key__subcmd__get_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key__subcmd__get_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help gateway key get commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key__subcmd__leftovers_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key__subcmd__leftovers_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help gateway key leftovers commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key__subcmd__list_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__key__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help gateway key list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__put_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__put_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help gateway put commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__gateway__subcmd__reload_commands] )) ||
_tyk-tui__subcmd__help__subcmd__gateway__subcmd__reload_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help gateway reload commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__host_commands] )) ||
_tyk-tui__subcmd__help__subcmd__host_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help host commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__inspect_commands] )) ||
_tyk-tui__subcmd__help__subcmd__inspect_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help inspect commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__keygen_commands] )) ||
_tyk-tui__subcmd__help__subcmd__keygen_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help keygen commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__lint_commands] )) ||
_tyk-tui__subcmd__help__subcmd__lint_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help lint commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__man_commands] )) ||
_tyk-tui__subcmd__help__subcmd__man_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help man commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__manifest_commands] )) ||
_tyk-tui__subcmd__help__subcmd__manifest_commands() {
    local commands; commands=(
'init:Make a first manifest from the folder'\''s code' \
'show:Print the manifest, or the value at a path' \
'set:Set the value at a path' \
'unset:Remove what is at a path' \
'add-file:Add files to \`file_list\`; a folder adds its files' \
'remove-file:Take files off \`file_list\`; a folder takes off its files' \
'add-hook:Add a hook' \
'remove-hook:Remove a hook' \
    )
    _describe -t commands 'tyk-tui help manifest commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__manifest__subcmd__add-file_commands] )) ||
_tyk-tui__subcmd__help__subcmd__manifest__subcmd__add-file_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help manifest add-file commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__manifest__subcmd__add-hook_commands] )) ||
_tyk-tui__subcmd__help__subcmd__manifest__subcmd__add-hook_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help manifest add-hook commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__manifest__subcmd__init_commands] )) ||
_tyk-tui__subcmd__help__subcmd__manifest__subcmd__init_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help manifest init commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__manifest__subcmd__remove-file_commands] )) ||
_tyk-tui__subcmd__help__subcmd__manifest__subcmd__remove-file_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help manifest remove-file commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__manifest__subcmd__remove-hook_commands] )) ||
_tyk-tui__subcmd__help__subcmd__manifest__subcmd__remove-hook_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help manifest remove-hook commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__manifest__subcmd__set_commands] )) ||
_tyk-tui__subcmd__help__subcmd__manifest__subcmd__set_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help manifest set commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__manifest__subcmd__show_commands] )) ||
_tyk-tui__subcmd__help__subcmd__manifest__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help manifest show commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__manifest__subcmd__unset_commands] )) ||
_tyk-tui__subcmd__help__subcmd__manifest__subcmd__unset_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help manifest unset commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__mserv_commands] )) ||
_tyk-tui__subcmd__help__subcmd__mserv_commands() {
    local commands; commands=(
'push:Verify a bundle and push it under a new id, by which a Gateway downloads it' \
'update:Replace a bundle under its id\: a trial is pushed, downloaded and verified first' \
'list:List the bundles' \
'fetch:Show what mserv says of a bundle' \
'delete:Delete a bundle' \
'download:Download a bundle and verify it' \
'health:Say whether mserv is there' \
    )
    _describe -t commands 'tyk-tui help mserv commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__mserv__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__help__subcmd__mserv__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help mserv delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__mserv__subcmd__download_commands] )) ||
_tyk-tui__subcmd__help__subcmd__mserv__subcmd__download_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help mserv download commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__mserv__subcmd__fetch_commands] )) ||
_tyk-tui__subcmd__help__subcmd__mserv__subcmd__fetch_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help mserv fetch commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__mserv__subcmd__health_commands] )) ||
_tyk-tui__subcmd__help__subcmd__mserv__subcmd__health_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help mserv health commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__mserv__subcmd__list_commands] )) ||
_tyk-tui__subcmd__help__subcmd__mserv__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help mserv list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__mserv__subcmd__push_commands] )) ||
_tyk-tui__subcmd__help__subcmd__mserv__subcmd__push_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help mserv push commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__mserv__subcmd__update_commands] )) ||
_tyk-tui__subcmd__help__subcmd__mserv__subcmd__update_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help mserv update commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__new_commands] )) ||
_tyk-tui__subcmd__help__subcmd__new_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help new commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__paths_commands] )) ||
_tyk-tui__subcmd__help__subcmd__paths_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help paths commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__replay_commands] )) ||
_tyk-tui__subcmd__help__subcmd__replay_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help replay commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__request_commands] )) ||
_tyk-tui__subcmd__help__subcmd__request_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help request commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__rule_commands] )) ||
_tyk-tui__subcmd__help__subcmd__rule_commands() {
    local commands; commands=(
'test:Say which rule answers recorded Dispatches, and what it changes. Ends with 1 where no rule answers one, or otherwise than expected' \
'list:List the rules in their order, once all of their files and keys were read' \
    )
    _describe -t commands 'tyk-tui help rule commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__rule__subcmd__list_commands] )) ||
_tyk-tui__subcmd__help__subcmd__rule__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help rule list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__rule__subcmd__test_commands] )) ||
_tyk-tui__subcmd__help__subcmd__rule__subcmd__test_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help rule test commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__s3_commands] )) ||
_tyk-tui__subcmd__help__subcmd__s3_commands() {
    local commands; commands=(
'push:Verify a bundle and push it under a name with a hash of its content; it is fetched again to see that it is there' \
'list:List what is there' \
'fetch:Fetch a bundle into a file, which is there only once it was verified' \
'delete:Delete a bundle' \
'presign:Print a link that fetches a bundle without credentials until it expires' \
'policy:Print the least IAM policy for what these commands do, or for what mserv does' \
'check:Say what a Gateway meets where it looks for a bundle\: it asks without credentials, once, for 5 s' \
    )
    _describe -t commands 'tyk-tui help s3 commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__s3__subcmd__check_commands] )) ||
_tyk-tui__subcmd__help__subcmd__s3__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help s3 check commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__s3__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__help__subcmd__s3__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help s3 delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__s3__subcmd__fetch_commands] )) ||
_tyk-tui__subcmd__help__subcmd__s3__subcmd__fetch_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help s3 fetch commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__s3__subcmd__list_commands] )) ||
_tyk-tui__subcmd__help__subcmd__s3__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help s3 list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__s3__subcmd__policy_commands] )) ||
_tyk-tui__subcmd__help__subcmd__s3__subcmd__policy_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help s3 policy commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__s3__subcmd__presign_commands] )) ||
_tyk-tui__subcmd__help__subcmd__s3__subcmd__presign_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help s3 presign commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__s3__subcmd__push_commands] )) ||
_tyk-tui__subcmd__help__subcmd__s3__subcmd__push_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help s3 push commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__serve_commands] )) ||
_tyk-tui__subcmd__help__subcmd__serve_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help serve commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__session_commands] )) ||
_tyk-tui__subcmd__help__subcmd__session_commands() {
    local commands; commands=(
'list:List the sessions that are kept, the newest last' \
'export:Print the Dispatches of a session, one JSON object a line, as \`serve --json\` does' \
'delete:Delete a session' \
    )
    _describe -t commands 'tyk-tui help session commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__session__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__help__subcmd__session__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help session delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__session__subcmd__export_commands] )) ||
_tyk-tui__subcmd__help__subcmd__session__subcmd__export_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help session export commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__session__subcmd__list_commands] )) ||
_tyk-tui__subcmd__help__subcmd__session__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help session list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__ship_commands] )) ||
_tyk-tui__subcmd__help__subcmd__ship_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help ship commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__target_commands] )) ||
_tyk-tui__subcmd__help__subcmd__target_commands() {
    local commands; commands=(
'list:List the targets of the profile, with how each is' \
'health:Say whether a target can be used' \
'bundles:List the bundles of a target, with the APIs that use them' \
'push:Verify a bundle and push it, under a name with a hash of its content where the target keeps names' \
'fetch:Fetch a bundle into a file, which is there only once it was verified' \
'delete:Delete a bundle; one that an API uses only with --force' \
'prune:Show the bundles that no API uses, and with --yes delete them' \
    )
    _describe -t commands 'tyk-tui help target commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__target__subcmd__bundles_commands] )) ||
_tyk-tui__subcmd__help__subcmd__target__subcmd__bundles_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help target bundles commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__target__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__help__subcmd__target__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help target delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__target__subcmd__fetch_commands] )) ||
_tyk-tui__subcmd__help__subcmd__target__subcmd__fetch_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help target fetch commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__target__subcmd__health_commands] )) ||
_tyk-tui__subcmd__help__subcmd__target__subcmd__health_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help target health commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__target__subcmd__list_commands] )) ||
_tyk-tui__subcmd__help__subcmd__target__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help target list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__target__subcmd__prune_commands] )) ||
_tyk-tui__subcmd__help__subcmd__target__subcmd__prune_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help target prune commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__target__subcmd__push_commands] )) ||
_tyk-tui__subcmd__help__subcmd__target__subcmd__push_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help target push commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__verify_commands] )) ||
_tyk-tui__subcmd__help__subcmd__verify_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help verify commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__help__subcmd__wait_commands] )) ||
_tyk-tui__subcmd__help__subcmd__wait_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui help wait commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__host_commands] )) ||
_tyk-tui__subcmd__host_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui host commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__inspect_commands] )) ||
_tyk-tui__subcmd__inspect_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui inspect commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__keygen_commands] )) ||
_tyk-tui__subcmd__keygen_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui keygen commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__lint_commands] )) ||
_tyk-tui__subcmd__lint_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui lint commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__man_commands] )) ||
_tyk-tui__subcmd__man_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui man commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest_commands] )) ||
_tyk-tui__subcmd__manifest_commands() {
    local commands; commands=(
'init:Make a first manifest from the folder'\''s code' \
'show:Print the manifest, or the value at a path' \
'set:Set the value at a path' \
'unset:Remove what is at a path' \
'add-file:Add files to \`file_list\`; a folder adds its files' \
'remove-file:Take files off \`file_list\`; a folder takes off its files' \
'add-hook:Add a hook' \
'remove-hook:Remove a hook' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui manifest commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__add-file_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__add-file_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest add-file commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__add-hook_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__add-hook_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest add-hook commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__help_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__help_commands() {
    local commands; commands=(
'init:Make a first manifest from the folder'\''s code' \
'show:Print the manifest, or the value at a path' \
'set:Set the value at a path' \
'unset:Remove what is at a path' \
'add-file:Add files to \`file_list\`; a folder adds its files' \
'remove-file:Take files off \`file_list\`; a folder takes off its files' \
'add-hook:Add a hook' \
'remove-hook:Remove a hook' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui manifest help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__help__subcmd__add-file_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__help__subcmd__add-file_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest help add-file commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__help__subcmd__add-hook_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__help__subcmd__add-hook_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest help add-hook commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__help__subcmd__init_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__help__subcmd__init_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest help init commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__help__subcmd__remove-file_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__help__subcmd__remove-file_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest help remove-file commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__help__subcmd__remove-hook_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__help__subcmd__remove-hook_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest help remove-hook commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__help__subcmd__set_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__help__subcmd__set_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest help set commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__help__subcmd__show_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__help__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest help show commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__help__subcmd__unset_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__help__subcmd__unset_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest help unset commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__init_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__init_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest init commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__remove-file_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__remove-file_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest remove-file commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__remove-hook_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__remove-hook_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest remove-hook commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__set_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__set_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest set commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__show_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__show_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest show commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__manifest__subcmd__unset_commands] )) ||
_tyk-tui__subcmd__manifest__subcmd__unset_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui manifest unset commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv_commands] )) ||
_tyk-tui__subcmd__mserv_commands() {
    local commands; commands=(
'push:Verify a bundle and push it under a new id, by which a Gateway downloads it' \
'update:Replace a bundle under its id\: a trial is pushed, downloaded and verified first' \
'list:List the bundles' \
'fetch:Show what mserv says of a bundle' \
'delete:Delete a bundle' \
'download:Download a bundle and verify it' \
'health:Say whether mserv is there' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui mserv commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__download_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__download_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv download commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__fetch_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__fetch_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv fetch commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__health_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__health_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv health commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__help_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__help_commands() {
    local commands; commands=(
'push:Verify a bundle and push it under a new id, by which a Gateway downloads it' \
'update:Replace a bundle under its id\: a trial is pushed, downloaded and verified first' \
'list:List the bundles' \
'fetch:Show what mserv says of a bundle' \
'delete:Delete a bundle' \
'download:Download a bundle and verify it' \
'health:Say whether mserv is there' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui mserv help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__help__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__help__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv help delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__help__subcmd__download_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__help__subcmd__download_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv help download commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__help__subcmd__fetch_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__help__subcmd__fetch_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv help fetch commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__help__subcmd__health_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__help__subcmd__health_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv help health commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__help__subcmd__list_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv help list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__help__subcmd__push_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__help__subcmd__push_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv help push commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__help__subcmd__update_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__help__subcmd__update_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv help update commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__list_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__push_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__push_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv push commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__mserv__subcmd__update_commands] )) ||
_tyk-tui__subcmd__mserv__subcmd__update_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui mserv update commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__new_commands] )) ||
_tyk-tui__subcmd__new_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui new commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__paths_commands] )) ||
_tyk-tui__subcmd__paths_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui paths commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__replay_commands] )) ||
_tyk-tui__subcmd__replay_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui replay commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__request_commands] )) ||
_tyk-tui__subcmd__request_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui request commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__rule_commands] )) ||
_tyk-tui__subcmd__rule_commands() {
    local commands; commands=(
'test:Say which rule answers recorded Dispatches, and what it changes. Ends with 1 where no rule answers one, or otherwise than expected' \
'list:List the rules in their order, once all of their files and keys were read' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui rule commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__rule__subcmd__help_commands] )) ||
_tyk-tui__subcmd__rule__subcmd__help_commands() {
    local commands; commands=(
'test:Say which rule answers recorded Dispatches, and what it changes. Ends with 1 where no rule answers one, or otherwise than expected' \
'list:List the rules in their order, once all of their files and keys were read' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui rule help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__rule__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__rule__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui rule help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__rule__subcmd__help__subcmd__list_commands] )) ||
_tyk-tui__subcmd__rule__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui rule help list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__rule__subcmd__help__subcmd__test_commands] )) ||
_tyk-tui__subcmd__rule__subcmd__help__subcmd__test_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui rule help test commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__rule__subcmd__list_commands] )) ||
_tyk-tui__subcmd__rule__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui rule list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__rule__subcmd__test_commands] )) ||
_tyk-tui__subcmd__rule__subcmd__test_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui rule test commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3_commands] )) ||
_tyk-tui__subcmd__s3_commands() {
    local commands; commands=(
'push:Verify a bundle and push it under a name with a hash of its content; it is fetched again to see that it is there' \
'list:List what is there' \
'fetch:Fetch a bundle into a file, which is there only once it was verified' \
'delete:Delete a bundle' \
'presign:Print a link that fetches a bundle without credentials until it expires' \
'policy:Print the least IAM policy for what these commands do, or for what mserv does' \
'check:Say what a Gateway meets where it looks for a bundle\: it asks without credentials, once, for 5 s' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui s3 commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__check_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 check commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__fetch_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__fetch_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 fetch commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__help_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__help_commands() {
    local commands; commands=(
'push:Verify a bundle and push it under a name with a hash of its content; it is fetched again to see that it is there' \
'list:List what is there' \
'fetch:Fetch a bundle into a file, which is there only once it was verified' \
'delete:Delete a bundle' \
'presign:Print a link that fetches a bundle without credentials until it expires' \
'policy:Print the least IAM policy for what these commands do, or for what mserv does' \
'check:Say what a Gateway meets where it looks for a bundle\: it asks without credentials, once, for 5 s' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui s3 help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__help__subcmd__check_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__help__subcmd__check_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 help check commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__help__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__help__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 help delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__help__subcmd__fetch_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__help__subcmd__fetch_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 help fetch commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__help__subcmd__list_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 help list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__help__subcmd__policy_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__help__subcmd__policy_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 help policy commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__help__subcmd__presign_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__help__subcmd__presign_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 help presign commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__help__subcmd__push_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__help__subcmd__push_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 help push commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__list_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__policy_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__policy_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 policy commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__presign_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__presign_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 presign commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__s3__subcmd__push_commands] )) ||
_tyk-tui__subcmd__s3__subcmd__push_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui s3 push commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__serve_commands] )) ||
_tyk-tui__subcmd__serve_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui serve commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__session_commands] )) ||
_tyk-tui__subcmd__session_commands() {
    local commands; commands=(
'list:List the sessions that are kept, the newest last' \
'export:Print the Dispatches of a session, one JSON object a line, as \`serve --json\` does' \
'delete:Delete a session' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui session commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__session__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__session__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui session delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__session__subcmd__export_commands] )) ||
_tyk-tui__subcmd__session__subcmd__export_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui session export commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__session__subcmd__help_commands] )) ||
_tyk-tui__subcmd__session__subcmd__help_commands() {
    local commands; commands=(
'list:List the sessions that are kept, the newest last' \
'export:Print the Dispatches of a session, one JSON object a line, as \`serve --json\` does' \
'delete:Delete a session' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui session help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__session__subcmd__help__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__session__subcmd__help__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui session help delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__session__subcmd__help__subcmd__export_commands] )) ||
_tyk-tui__subcmd__session__subcmd__help__subcmd__export_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui session help export commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__session__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__session__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui session help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__session__subcmd__help__subcmd__list_commands] )) ||
_tyk-tui__subcmd__session__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui session help list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__session__subcmd__list_commands] )) ||
_tyk-tui__subcmd__session__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui session list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__ship_commands] )) ||
_tyk-tui__subcmd__ship_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui ship commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target_commands] )) ||
_tyk-tui__subcmd__target_commands() {
    local commands; commands=(
'list:List the targets of the profile, with how each is' \
'health:Say whether a target can be used' \
'bundles:List the bundles of a target, with the APIs that use them' \
'push:Verify a bundle and push it, under a name with a hash of its content where the target keeps names' \
'fetch:Fetch a bundle into a file, which is there only once it was verified' \
'delete:Delete a bundle; one that an API uses only with --force' \
'prune:Show the bundles that no API uses, and with --yes delete them' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui target commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__bundles_commands] )) ||
_tyk-tui__subcmd__target__subcmd__bundles_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target bundles commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__target__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__fetch_commands] )) ||
_tyk-tui__subcmd__target__subcmd__fetch_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target fetch commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__health_commands] )) ||
_tyk-tui__subcmd__target__subcmd__health_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target health commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__help_commands] )) ||
_tyk-tui__subcmd__target__subcmd__help_commands() {
    local commands; commands=(
'list:List the targets of the profile, with how each is' \
'health:Say whether a target can be used' \
'bundles:List the bundles of a target, with the APIs that use them' \
'push:Verify a bundle and push it, under a name with a hash of its content where the target keeps names' \
'fetch:Fetch a bundle into a file, which is there only once it was verified' \
'delete:Delete a bundle; one that an API uses only with --force' \
'prune:Show the bundles that no API uses, and with --yes delete them' \
'help:Print this message or the help of the given subcommand(s)' \
    )
    _describe -t commands 'tyk-tui target help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__help__subcmd__bundles_commands] )) ||
_tyk-tui__subcmd__target__subcmd__help__subcmd__bundles_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target help bundles commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__help__subcmd__delete_commands] )) ||
_tyk-tui__subcmd__target__subcmd__help__subcmd__delete_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target help delete commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__help__subcmd__fetch_commands] )) ||
_tyk-tui__subcmd__target__subcmd__help__subcmd__fetch_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target help fetch commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__help__subcmd__health_commands] )) ||
_tyk-tui__subcmd__target__subcmd__help__subcmd__health_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target help health commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__help__subcmd__help_commands] )) ||
_tyk-tui__subcmd__target__subcmd__help__subcmd__help_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target help help commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__help__subcmd__list_commands] )) ||
_tyk-tui__subcmd__target__subcmd__help__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target help list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__help__subcmd__prune_commands] )) ||
_tyk-tui__subcmd__target__subcmd__help__subcmd__prune_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target help prune commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__help__subcmd__push_commands] )) ||
_tyk-tui__subcmd__target__subcmd__help__subcmd__push_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target help push commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__list_commands] )) ||
_tyk-tui__subcmd__target__subcmd__list_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target list commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__prune_commands] )) ||
_tyk-tui__subcmd__target__subcmd__prune_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target prune commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__target__subcmd__push_commands] )) ||
_tyk-tui__subcmd__target__subcmd__push_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui target push commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__verify_commands] )) ||
_tyk-tui__subcmd__verify_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui verify commands' commands "$@"
}
(( $+functions[_tyk-tui__subcmd__wait_commands] )) ||
_tyk-tui__subcmd__wait_commands() {
    local commands; commands=()
    _describe -t commands 'tyk-tui wait commands' commands "$@"
}

if [ "$funcstack[1]" = "_tyk-tui" ]; then
    _tyk-tui "$@"
else
    compdef _tyk-tui tyk-tui
fi
