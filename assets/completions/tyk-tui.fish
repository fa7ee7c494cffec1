# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_tyk_tui_global_optspecs
    string join \n use= read-only h/help V/version
end

function __fish_tyk_tui_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_tyk_tui_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_tyk_tui_using_subcommand
    set -l cmd (__fish_tyk_tui_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -s V -l version -d 'Print version'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "build" -d 'Build a bundle from a manifest and its files'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "verify" -d 'Say what a Gateway would do with a bundle: the newest, or another release (`--as`)'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "inspect" -d 'Show what is in a bundle, and what its checksum and signature cover; of two, what differs'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "lint" -d 'Find mistakes in manifests, API definitions, code, keys, bundles and a tyk.conf'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "keygen" -d 'Make an RSA key pair to sign bundles with'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "serve" -d 'Run the plugin server without a console, one line a Dispatch'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "attach" -d 'Open the console on a session: one of the past, or one that a server writes just now'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "session" -d 'Look after what `serve --record` wrote to the disk: list, export, delete'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "wait" -d 'Wait for Dispatches of a running server or a session, and print them: for tests'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "replay" -d 'Send the calls of a session again, and compare the answers with the recorded ones'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "rule" -d 'Try rules on recorded Dispatches, without a server; list them'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "host" -d 'Serve a folder of bundles over HTTP'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "doctor" -d 'Say whether a Gateway is set up so that plugins work, and what to change'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "demo" -d 'Show the whole loop on recorded traffic, with no Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "new" -d 'Begin a project: manifest, code, API definition, configuration, README'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "manifest" -d 'Show and change a manifest'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "backups" -d 'List, show and restore the previous versions of files that tyk-tui replaced'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "api" -d 'Look at and change API definitions, Tyk Classic and Tyk OAS'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "ship" -d 'Lint, build, sign, verify and push the bundle; point APIs at it, reload the Gateway and ask it what it runs'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "mserv" -d 'Push bundles to mserv and look after them there, with mservctl\'s flags and table'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "s3" -d 'Push bundles to S3, or a store that speaks like it, and look after them there, with the AWS CLI\'s flags'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "target" -d 'Look after the bundles of a target: the host\'s folder, or a folder, mserv or S3 of the profile'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "request" -d 'Send a request with curl\'s words and the authentication of the hook under test'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "gateway" -d 'A Gateway by its control API: health, APIs, reloads, trials without a deployment, keys'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "dashboard" -d 'A Dashboard\'s APIs. Written from its public swagger, not run against a real one'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "completions" -d 'Print a shell\'s completions'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "man" -d 'Print the manual page'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "paths" -d 'Print the folders and files that tyk-tui uses'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "config" -d 'Show the configuration in force'
complete -c tyk-tui -n "__fish_tyk_tui_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand build" -s m -l manifest -d 'The manifest; its files are looked for in its folder' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand build" -s o -l output -d 'The bundle to write' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand build" -s k -l key -d 'Sign with this private key (RSA: PKCS#1, PKCS#8 or OpenSSH); wins over --skip-signing' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand build" -l passphrase-fd -d 'Read the key\'s passphrase from this file descriptor (its first line); also from `TYK_TUI_KEY_PASSPHRASE`, else it is asked for' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand build" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand build" -s y -l skip-signing -d 'Leave the bundle unsigned, and do not ask'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand build" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand build" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand build" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand verify" -l public-key -d 'The public key that the Gateway has as `public_key_path`; without one the signature is not looked at' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand verify" -l as -d 'The Gateway\'s version, as in 5.3, 5.8.10, v5.15.0-alpha8; `-dev` for any [default: that of the profile, else the newest release]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand verify" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand verify" -l on-disk -d 'The Gateway has the bundle on its disk already, where it finds it by its name'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand verify" -l skip-verify-existing-plugin-bundle -d 'The Gateway has `skip_verify_existing_plugin_bundle` set'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand verify" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand verify" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand verify" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand inspect" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand inspect" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand inspect" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand inspect" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand lint" -l format -d 'How findings are printed' -r -f -a "text\t'For people'
json\t'One object'
sarif\t'SARIF 2.1.0, as code hosts show it'
github\t'Annotations of GitHub\'s workflows'
junit\t'`JUnit`\'s XML, a test case a finding'"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand lint" -l deny -d 'What makes the exit code 1' -r -f -a "error\t'Errors alone'
warning\t'Warnings and errors'"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand lint" -l explain -d 'Explain a rule' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand lint" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand lint" -l gateway -d 'Ask the profile\'s Gateway for its schema, and check Tyk OAS definitions by it too. Where it does not answer, that is said, and the rest is looked at'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand lint" -l json -d 'Print JSON: the same as --format json'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand lint" -l fix -d 'Mend errors and warnings that can be mended; what was there before is kept (see `tyk-tui backups`)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand lint" -l list -d 'List all rules'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand lint" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand lint" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand keygen" -s o -l output -d 'The files are PREFIX.pem (private, PKCS#8) and PREFIX.pub.pem (public, for the Gateway)' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand keygen" -l bits -d 'The key\'s size: 2048 or more' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand keygen" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand keygen" -l force -d 'Replace files that exist: what the old key signed then verifies with no key of yours'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand keygen" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand keygen" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand keygen" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand serve" -l listen -d 'Where to listen: HOST:PORT or unix:PATH [default: 127.0.0.1:50051]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand serve" -l rules -d 'Answer by the rules of this file instead of the configured ones' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand serve" -l metrics -d 'Serve figures for Prometheus under /metrics: calls by hook, outcome and rule, latency, what was dropped' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand serve" -l record -d 'Write all of it to the disk, secrets too, for its owner alone: into this file, or a new one of the sessions\' folder (`tyk-tui session list`)' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand serve" -l filter -d 'Print only what this filter means, as in the console\'s list: hook:pre & status:4xx, body~"x.*y", took>10ms, | .status == 403 (jq). What was lost is printed in any case' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand serve" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand serve" -l json -d 'Print each Dispatch as one JSON object a line'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand serve" -l show-secrets -d 'Print secrets as they are'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand serve" -l stop -d 'End the server of this project that runs, a console\'s own too: the one of --listen, or the only one'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand serve" -l take-over -d 'Take the listening socket over that is standard input: a console leaves its server running so'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand serve" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand serve" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand attach" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand attach" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand attach" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and not __fish_seen_subcommand_from list export delete help" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and not __fish_seen_subcommand_from list export delete help" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and not __fish_seen_subcommand_from list export delete help" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and not __fish_seen_subcommand_from list export delete help" -f -a "list" -d 'List the sessions that are kept, the newest last'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and not __fish_seen_subcommand_from list export delete help" -f -a "export" -d 'Print the Dispatches of a session, one JSON object a line, as `serve --json` does'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and not __fish_seen_subcommand_from list export delete help" -f -a "delete" -d 'Delete a session'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and not __fish_seen_subcommand_from list export delete help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from list" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from list" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from export" -l format -d 'What is written' -r -f -a "jsonl\t'A JSON object for each record, as `serve --json` prints it'
har\t'An HTTP archive: an entry for each HTTP request'
curl\t'A command of curl for each HTTP request'
grpcurl\t'A command of grpcurl for each call'
session\t'A session, which attach, replay and export read'"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from export" -s o -l output -d 'Write into this file, which must not be there, instead of printing it' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from export" -l filter -d 'Only what this filter means, as in the console\'s list; har and curl have a request whole where it means one of its hooks' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from export" -l against -d 'Where grpcurl is to call: HOST:PORT or unix:PATH [default: where the session\'s server listened]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from export" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from export" -l show-secrets -d 'Write secrets as they are; without them an export cannot be replayed'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from export" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from export" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from delete" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from delete" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from delete" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the sessions that are kept, the newest last'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "export" -d 'Print the Dispatches of a session, one JSON object a line, as `serve --json` does'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a session'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand session; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand wait" -l listen -d 'The server that listens there, where more than one of the project run' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand wait" -l count -d 'How many of them' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand wait" -l timeout -d 'Seconds to wait' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand wait" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand wait" -l only-new -d 'Those that came before do not count'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand wait" -l json -d 'Print each as one JSON object a line, as `serve --json` does'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand wait" -l show-secrets -d 'Print secrets as they are'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand wait" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand wait" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l against -d 'The plugin server to call: HOST:PORT or unix:PATH [default: our own rules, on a port of their own]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l rules -d 'Answer by the rules of this file instead of the configured ones' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l ignore -d 'Leave this out of account: a name wherever it is, or a path such as session.metadata, with all below it; besides iat, exp and lastUpdated, which are new with every call, and the end of a session that lasts as long as it did' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l seq -d 'These records alone: 12 or 12-20, several with commas' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l filter -d 'Those alone that this filter means, as in the console\'s list' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l pace -d 'When calls are sent: as soon as --in-flight allows it, or as long after the first as they came then' -r -f -a "fast\t'As fast as it goes'
recorded\t'As it was recorded'"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l in-flight -d 'Calls under way at once, at most; 1 for a server that must have them one after the other [default: 16, or 64 at the recorded pace]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l timeout -d 'Seconds that an answer may take' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l expect-same -d 'End with 1 where an answer is not the recorded one'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l json -d 'Print JSON: an object for each call, and one for all'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l show-secrets -d 'Print secrets as they are'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand replay" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and not __fish_seen_subcommand_from test list help" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and not __fish_seen_subcommand_from test list help" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and not __fish_seen_subcommand_from test list help" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and not __fish_seen_subcommand_from test list help" -f -a "test" -d 'Say which rule answers recorded Dispatches, and what it changes. Ends with 1 where no rule answers one, or otherwise than expected'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and not __fish_seen_subcommand_from test list help" -f -a "list" -d 'List the rules in their order, once all of their files and keys were read'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and not __fish_seen_subcommand_from test list help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from test" -l rules -d 'The rules of this file instead of the configured ones' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from test" -l expect -d 'How each must end: passed, changed, refused, overridden or failed' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from test" -l expect-rule -d 'The rule that must answer each' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from test" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from test" -l json -d 'Print JSON: an object for each Dispatch; `missed` in it says what was expected and what came, where that differs'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from test" -l show-secrets -d 'Print secrets as they are'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from test" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from list" -l rules -d 'The rules of this file instead of the configured ones' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from list" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from list" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from help" -f -a "test" -d 'Say which rule answers recorded Dispatches, and what it changes. Ends with 1 where no rule answers one, or otherwise than expected'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the rules in their order, once all of their files and keys were read'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand rule; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand host" -l listen -d 'Where to listen [default: 127.0.0.1:8000, or host.listen of the configuration]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand host" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand host" -l json -d 'Print each download as a line of JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand host" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand host" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand doctor" -l conf -d 'The Gateway\'s tyk.conf [default: the project\'s, else tyk.conf here]; the `TYK_GW_` variables count over it' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand doctor" -l gateway -d 'The Gateway\'s address [default: that of the profile, with its secret]; the secret of an address given here is that of --secret-file, of `TYK_GW_SECRET`, or of tyk.conf' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand doctor" -l secret-file -d 'A file that holds the Gateway\'s secret' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand doctor" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand doctor" -l container -d 'The Gateway runs in a container: this machine\'s loopback is not its own'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand doctor" -l probe -d 'Have the Gateway fetch a bundle and call its plugins once: the bundle stays on its disk, and a session that an auth plugin returns becomes a live key'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand doctor" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand doctor" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand doctor" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand demo" -l seconds -d 'End after so many seconds [default: when a signal comes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand demo" -l picture -d 'Write a picture of the console into this file, as SVG, instead of opening it' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand demo" -l size -d 'The picture\'s columns and rows' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand demo" -l theme -d 'The console\'s theme: ansi, dark, light, contrast, mono [default: ansi, for a picture dark]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand demo" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand demo" -l headless -d 'Print each Dispatch as one JSON object a line, as `serve --json` does, instead of opening the console'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand demo" -l show-secrets -d 'Print secrets as they are'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand demo" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand demo" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand new" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand new" -l pip -d 'Have pip fetch what the plugin needs (python-jwt), without asking'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand new" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand new" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand new" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and not __fish_seen_subcommand_from init show set unset add-file remove-file add-hook remove-hook help" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and not __fish_seen_subcommand_from init show set unset add-file remove-file add-hook remove-hook help" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and not __fish_seen_subcommand_from init show set unset add-file remove-file add-hook remove-hook help" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and not __fish_seen_subcommand_from init show set unset add-file remove-file add-hook remove-hook help" -f -a "init" -d 'Make a first manifest from the folder\'s code'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and not __fish_seen_subcommand_from init show set unset add-file remove-file add-hook remove-hook help" -f -a "show" -d 'Print the manifest, or the value at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and not __fish_seen_subcommand_from init show set unset add-file remove-file add-hook remove-hook help" -f -a "set" -d 'Set the value at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and not __fish_seen_subcommand_from init show set unset add-file remove-file add-hook remove-hook help" -f -a "unset" -d 'Remove what is at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and not __fish_seen_subcommand_from init show set unset add-file remove-file add-hook remove-hook help" -f -a "add-file" -d 'Add files to `file_list`; a folder adds its files'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and not __fish_seen_subcommand_from init show set unset add-file remove-file add-hook remove-hook help" -f -a "remove-file" -d 'Take files off `file_list`; a folder takes off its files'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and not __fish_seen_subcommand_from init show set unset add-file remove-file add-hook remove-hook help" -f -a "add-hook" -d 'Add a hook'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and not __fish_seen_subcommand_from init show set unset add-file remove-file add-hook remove-hook help" -f -a "remove-hook" -d 'Remove a hook'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and not __fish_seen_subcommand_from init show set unset add-file remove-file add-hook remove-hook help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from init" -s m -l manifest -d 'The manifest' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from init" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from init" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from init" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from init" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from show" -s m -l manifest -d 'The manifest' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from show" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from show" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from show" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from set" -s m -l manifest -d 'The manifest' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from set" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from set" -l string -d 'Take the value for text, whatever it looks like'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from set" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from set" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from unset" -s m -l manifest -d 'The manifest' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from unset" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from unset" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from unset" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-file" -s m -l manifest -d 'The manifest' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-file" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-file" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-file" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-file" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from remove-file" -s m -l manifest -d 'The manifest' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from remove-file" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from remove-file" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from remove-file" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from remove-file" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-hook" -l path -d 'The file that has the function, for drivers `otto`, `javascript` and `goplugin`' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-hook" -s m -l manifest -d 'The manifest' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-hook" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-hook" -l disabled -d 'Add it switched off'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-hook" -l require-session -d 'Give the hook the session'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-hook" -l raw-body-only -d 'Give the hook the body as bytes alone'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-hook" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-hook" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from add-hook" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from remove-hook" -s m -l manifest -d 'The manifest' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from remove-hook" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from remove-hook" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from remove-hook" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from remove-hook" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from help" -f -a "init" -d 'Make a first manifest from the folder\'s code'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print the manifest, or the value at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from help" -f -a "set" -d 'Set the value at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from help" -f -a "unset" -d 'Remove what is at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from help" -f -a "add-file" -d 'Add files to `file_list`; a folder adds its files'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from help" -f -a "remove-file" -d 'Take files off `file_list`; a folder takes off its files'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from help" -f -a "add-hook" -d 'Add a hook'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from help" -f -a "remove-hook" -d 'Remove a hook'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand manifest; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and not __fish_seen_subcommand_from list show diff restore help" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and not __fish_seen_subcommand_from list show diff restore help" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and not __fish_seen_subcommand_from list show diff restore help" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and not __fish_seen_subcommand_from list show diff restore help" -f -a "list" -d 'List the versions that are kept, the latest first'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and not __fish_seen_subcommand_from list show diff restore help" -f -a "show" -d 'Print a version'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and not __fish_seen_subcommand_from list show diff restore help" -f -a "diff" -d 'Show what restoring a version would change'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and not __fish_seen_subcommand_from list show diff restore help" -f -a "restore" -d 'Put a version in the file\'s place; what the file holds now is kept as a version too'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and not __fish_seen_subcommand_from list show diff restore help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from list" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from list" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from show" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from show" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from show" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from diff" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from diff" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from diff" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from diff" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from restore" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from restore" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from restore" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from restore" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the versions that are kept, the latest first'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print a version'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from help" -f -a "diff" -d 'Show what restoring a version would change'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from help" -f -a "restore" -d 'Put a version in the file\'s place; what the file holds now is kept as a version too'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand backups; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and not __fish_seen_subcommand_from list show set unset new convert extend upgrade help" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and not __fish_seen_subcommand_from list show set unset new convert extend upgrade help" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and not __fish_seen_subcommand_from list show set unset new convert extend upgrade help" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and not __fish_seen_subcommand_from list show set unset new convert extend upgrade help" -f -a "list" -d 'List API definitions: name, id, kind, listen path, driver, bundle, authentication'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and not __fish_seen_subcommand_from list show set unset new convert extend upgrade help" -f -a "show" -d 'Print a definition, or the value at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and not __fish_seen_subcommand_from list show set unset new convert extend upgrade help" -f -a "set" -d 'Set the value at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and not __fish_seen_subcommand_from list show set unset new convert extend upgrade help" -f -a "unset" -d 'Remove what is at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and not __fish_seen_subcommand_from list show set unset new convert extend upgrade help" -f -a "new" -d 'Make a definition: the smallest that a Gateway loads, with what plugins need next'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and not __fish_seen_subcommand_from list show set unset new convert extend upgrade help" -f -a "convert" -d 'Write a definition that is YAML as JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and not __fish_seen_subcommand_from list show set unset new convert extend upgrade help" -f -a "extend" -d 'Give a plain OpenAPI document the `x-tyk-api-gateway` that a Gateway needs'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and not __fish_seen_subcommand_from list show set unset new convert extend upgrade help" -f -a "upgrade" -d 'Write the older plugin form of Tyk OAS (`prePlugin`) as lists (`prePlugins`)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and not __fish_seen_subcommand_from list show set unset new convert extend upgrade help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from list" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from list" -l gateway -d 'Those of the profile\'s Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from list" -l dashboard -d 'Those of the profile\'s Dashboard'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from list" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from show" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from show" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from show" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from set" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from set" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from set" -l string -d 'Take the value for text, whatever it looks like'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from set" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from unset" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from unset" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from unset" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from unset" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from new" -l kind -d 'Tyk Classic or Tyk OAS' -r -f -a "classic\t''
oas\t''"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from new" -l name -d 'The API\'s name; its id and listen path come from it' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from new" -l listen-path -d 'Where callers find it: `/orders/`' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from new" -l target -d 'The upstream: `http://localhost:8080`' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from new" -s o -l output -d 'Write this file, which must not be there yet, in place of standard output' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from new" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from new" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from new" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from new" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from convert" -s o -l output -d 'Write this file, which must not be there yet, in place of standard output' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from convert" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from convert" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from convert" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from convert" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from extend" -l name -d 'The API\'s name; its id and listen path come from it' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from extend" -l listen-path -d 'Where callers find it: `/orders/`' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from extend" -l target -d 'The upstream: `http://localhost:8080`' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from extend" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from extend" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from extend" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from extend" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from upgrade" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from upgrade" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from upgrade" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from upgrade" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from help" -f -a "list" -d 'List API definitions: name, id, kind, listen path, driver, bundle, authentication'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print a definition, or the value at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from help" -f -a "set" -d 'Set the value at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from help" -f -a "unset" -d 'Remove what is at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from help" -f -a "new" -d 'Make a definition: the smallest that a Gateway loads, with what plugins need next'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from help" -f -a "convert" -d 'Write a definition that is YAML as JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from help" -f -a "extend" -d 'Give a plain OpenAPI document the `x-tyk-api-gateway` that a Gateway needs'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from help" -f -a "upgrade" -d 'Write the older plugin form of Tyk OAS (`prePlugin`) as lists (`prePlugins`)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand api; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l target -d 'Push to this target instead of the profile\'s `ship_target`: `host`, or one of [use.NAME.target.TARGET]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l api -d 'Point this API at the bundle, instead of those in the profile\'s `ship_apis`: an id, gateway:ID, dashboard:ID or a file; can be given several times' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l probe -d 'Send a GET of this path through the Gateway in the end, and wait for the Dispatch that it causes' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l deny -d 'What of lint stops it' -r -f -a "error\t'Errors alone'
warning\t'Warnings and errors'"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l confirm -d 'The profile\'s name, where it is marked as `production`: else it is asked for' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l passphrase-fd -d 'Read the key\'s passphrase from this file descriptor (its first line); also from `TYK_TUI_KEY_PASSPHRASE`, else it is asked for' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l dry-run -d 'Build and verify, and print what would be done then; nothing is sent'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l watch -d 'Ship again whenever the manifest or a file that it lists changes'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l rollback -d 'Take back the last ship: its APIs get the bundle that they had before'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l history -d 'Print what was shipped from this project under this profile'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand ship" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -s e -l endpoint -d 'mserv\'s address; a path in it is put before mserv\'s own [default: the variable ENDPOINT, else `endpoint` of the file, else port 8989 of localhost]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -s t -l token -d 'The token for `X-Api-Key`, for whoever has it in scripts: others can read it here. Set the variable TOKEN, or `token` in the file' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -s k -l insecure-tls -d 'Do not check the server\'s certificate [default: the variable `INSECURE_TLS`, else `insecure_tls` of the file]' -r -f -a "true\t''
false\t''"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -l config -d 'mservctl\'s configuration: json, yaml or toml by its ending [default: ~/.mservctl.*]' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -f -a "push" -d 'Verify a bundle and push it under a new id, by which a Gateway downloads it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -f -a "update" -d 'Replace a bundle under its id: a trial is pushed, downloaded and verified first'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -f -a "list" -d 'List the bundles'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -f -a "fetch" -d 'Show what mserv says of a bundle'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -f -a "delete" -d 'Delete a bundle'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -f -a "download" -d 'Download a bundle and verify it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -f -a "health" -d 'Say whether mserv is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and not __fish_seen_subcommand_from push update list fetch delete download health help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from push" -s a -l apiid -d 'The API that it is for; mserv only remembers it' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from push" -l public-key -d 'Refuse a bundle that is not signed by the owner of this key: the Gateway\'s `public_key_path`' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from push" -s e -l endpoint -d 'mserv\'s address; a path in it is put before mserv\'s own [default: the variable ENDPOINT, else `endpoint` of the file, else port 8989 of localhost]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from push" -s t -l token -d 'The token for `X-Api-Key`, for whoever has it in scripts: others can read it here. Set the variable TOKEN, or `token` in the file' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from push" -s k -l insecure-tls -d 'Do not check the server\'s certificate [default: the variable `INSECURE_TLS`, else `insecure_tls` of the file]' -r -f -a "true\t''
false\t''"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from push" -l config -d 'mservctl\'s configuration: json, yaml or toml by its ending [default: ~/.mservctl.*]' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from push" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from push" -s s -l storeonly -d 'Store the bundle, and nothing else: nobody can download it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from push" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from push" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from push" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from update" -l public-key -d 'Refuse a bundle that is not signed by the owner of this key: the Gateway\'s `public_key_path`' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from update" -s e -l endpoint -d 'mserv\'s address; a path in it is put before mserv\'s own [default: the variable ENDPOINT, else `endpoint` of the file, else port 8989 of localhost]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from update" -s t -l token -d 'The token for `X-Api-Key`, for whoever has it in scripts: others can read it here. Set the variable TOKEN, or `token` in the file' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from update" -s k -l insecure-tls -d 'Do not check the server\'s certificate [default: the variable `INSECURE_TLS`, else `insecure_tls` of the file]' -r -f -a "true\t''
false\t''"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from update" -l config -d 'mservctl\'s configuration: json, yaml or toml by its ending [default: ~/.mservctl.*]' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from update" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from update" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from update" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from update" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from list" -s e -l endpoint -d 'mserv\'s address; a path in it is put before mserv\'s own [default: the variable ENDPOINT, else `endpoint` of the file, else port 8989 of localhost]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from list" -s t -l token -d 'The token for `X-Api-Key`, for whoever has it in scripts: others can read it here. Set the variable TOKEN, or `token` in the file' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from list" -s k -l insecure-tls -d 'Do not check the server\'s certificate [default: the variable `INSECURE_TLS`, else `insecure_tls` of the file]' -r -f -a "true\t''
false\t''"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from list" -l config -d 'mservctl\'s configuration: json, yaml or toml by its ending [default: ~/.mservctl.*]' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from list" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from list" -s f -l functions -d 'Show the functions, too'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from list" -s d -l downloadonly -d 'Only bundles that are stored only'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from list" -s p -l pluginsonly -d 'Only bundles that are not stored only'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from list" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from fetch" -s e -l endpoint -d 'mserv\'s address; a path in it is put before mserv\'s own [default: the variable ENDPOINT, else `endpoint` of the file, else port 8989 of localhost]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from fetch" -s t -l token -d 'The token for `X-Api-Key`, for whoever has it in scripts: others can read it here. Set the variable TOKEN, or `token` in the file' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from fetch" -s k -l insecure-tls -d 'Do not check the server\'s certificate [default: the variable `INSECURE_TLS`, else `insecure_tls` of the file]' -r -f -a "true\t''
false\t''"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from fetch" -l config -d 'mservctl\'s configuration: json, yaml or toml by its ending [default: ~/.mservctl.*]' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from fetch" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from fetch" -s f -l functions -d 'Show the functions, too'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from fetch" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from fetch" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from fetch" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from delete" -s e -l endpoint -d 'mserv\'s address; a path in it is put before mserv\'s own [default: the variable ENDPOINT, else `endpoint` of the file, else port 8989 of localhost]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from delete" -s t -l token -d 'The token for `X-Api-Key`, for whoever has it in scripts: others can read it here. Set the variable TOKEN, or `token` in the file' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from delete" -s k -l insecure-tls -d 'Do not check the server\'s certificate [default: the variable `INSECURE_TLS`, else `insecure_tls` of the file]' -r -f -a "true\t''
false\t''"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from delete" -l config -d 'mservctl\'s configuration: json, yaml or toml by its ending [default: ~/.mservctl.*]' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from delete" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from delete" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from delete" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from download" -s o -l output -d 'The file to write [default: ID.zip]' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from download" -l public-key -d 'Refuse a bundle that is not signed by the owner of this key: the Gateway\'s `public_key_path`' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from download" -s e -l endpoint -d 'mserv\'s address; a path in it is put before mserv\'s own [default: the variable ENDPOINT, else `endpoint` of the file, else port 8989 of localhost]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from download" -s t -l token -d 'The token for `X-Api-Key`, for whoever has it in scripts: others can read it here. Set the variable TOKEN, or `token` in the file' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from download" -s k -l insecure-tls -d 'Do not check the server\'s certificate [default: the variable `INSECURE_TLS`, else `insecure_tls` of the file]' -r -f -a "true\t''
false\t''"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from download" -l config -d 'mservctl\'s configuration: json, yaml or toml by its ending [default: ~/.mservctl.*]' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from download" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from download" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from download" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from download" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from health" -s e -l endpoint -d 'mserv\'s address; a path in it is put before mserv\'s own [default: the variable ENDPOINT, else `endpoint` of the file, else port 8989 of localhost]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from health" -s t -l token -d 'The token for `X-Api-Key`, for whoever has it in scripts: others can read it here. Set the variable TOKEN, or `token` in the file' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from health" -s k -l insecure-tls -d 'Do not check the server\'s certificate [default: the variable `INSECURE_TLS`, else `insecure_tls` of the file]' -r -f -a "true\t''
false\t''"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from health" -l config -d 'mservctl\'s configuration: json, yaml or toml by its ending [default: ~/.mservctl.*]' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from health" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from health" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from health" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from health" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from help" -f -a "push" -d 'Verify a bundle and push it under a new id, by which a Gateway downloads it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from help" -f -a "update" -d 'Replace a bundle under its id: a trial is pushed, downloaded and verified first'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the bundles'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from help" -f -a "fetch" -d 'Show what mserv says of a bundle'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a bundle'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from help" -f -a "download" -d 'Download a bundle and verify it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from help" -f -a "health" -d 'Say whether mserv is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand mserv; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -l endpoint-url -d 'The address of the store [default: `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`, else `endpoint_url` of the AWS profile, else AWS\'s own]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -l region -d 'The bucket\'s region [default: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `region` of the AWS profile, else us-east-1]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -l profile -d 'The profile of AWS\'s files whose credentials are used [default: the variables\' credentials, else `AWS_PROFILE`, else `default`, else those of the container or the machine]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -l path-style -d 'Put the bucket\'s name into the path of URLs, as most stores but AWS want it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -l no-verify-ssl -d 'Do not check the store\'s certificate'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -f -a "push" -d 'Verify a bundle and push it under a name with a hash of its content; it is fetched again to see that it is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -f -a "list" -d 'List what is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -f -a "fetch" -d 'Fetch a bundle into a file, which is there only once it was verified'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -f -a "delete" -d 'Delete a bundle'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -f -a "presign" -d 'Print a link that fetches a bundle without credentials until it expires'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -f -a "policy" -d 'Print the least IAM policy for what these commands do, or for what mserv does'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -f -a "check" -d 'Say what a Gateway meets where it looks for a bundle: it asks without credentials, once, for 5 s'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and not __fish_seen_subcommand_from push list fetch delete presign policy check help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from push" -l name -d 'Its name before the hash [default: the file\'s where it is NAME-HASH.zip, else the project\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from push" -l object -d 'The rest of the key, with {name} and {hash8}' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from push" -l max-size -d 'The largest bundle that is pushed, in bytes or as 64 MiB: a Gateway gives a download 5 s' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from push" -l endpoint-url -d 'The address of the store [default: `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`, else `endpoint_url` of the AWS profile, else AWS\'s own]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from push" -l region -d 'The bucket\'s region [default: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `region` of the AWS profile, else us-east-1]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from push" -l profile -d 'The profile of AWS\'s files whose credentials are used [default: the variables\' credentials, else `AWS_PROFILE`, else `default`, else those of the container or the machine]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from push" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from push" -l path-style -d 'Put the bucket\'s name into the path of URLs, as most stores but AWS want it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from push" -l no-verify-ssl -d 'Do not check the store\'s certificate'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from push" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from push" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from list" -l endpoint-url -d 'The address of the store [default: `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`, else `endpoint_url` of the AWS profile, else AWS\'s own]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from list" -l region -d 'The bucket\'s region [default: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `region` of the AWS profile, else us-east-1]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from list" -l profile -d 'The profile of AWS\'s files whose credentials are used [default: the variables\' credentials, else `AWS_PROFILE`, else `default`, else those of the container or the machine]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from list" -l path-style -d 'Put the bucket\'s name into the path of URLs, as most stores but AWS want it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from list" -l no-verify-ssl -d 'Do not check the store\'s certificate'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from list" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from fetch" -s o -l output -d 'The file to write [default: the last part of the key]' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from fetch" -l endpoint-url -d 'The address of the store [default: `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`, else `endpoint_url` of the AWS profile, else AWS\'s own]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from fetch" -l region -d 'The bucket\'s region [default: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `region` of the AWS profile, else us-east-1]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from fetch" -l profile -d 'The profile of AWS\'s files whose credentials are used [default: the variables\' credentials, else `AWS_PROFILE`, else `default`, else those of the container or the machine]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from fetch" -l force -d 'Write over a file that is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from fetch" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from fetch" -l path-style -d 'Put the bucket\'s name into the path of URLs, as most stores but AWS want it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from fetch" -l no-verify-ssl -d 'Do not check the store\'s certificate'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from fetch" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from fetch" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from delete" -l endpoint-url -d 'The address of the store [default: `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`, else `endpoint_url` of the AWS profile, else AWS\'s own]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from delete" -l region -d 'The bucket\'s region [default: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `region` of the AWS profile, else us-east-1]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from delete" -l profile -d 'The profile of AWS\'s files whose credentials are used [default: the variables\' credentials, else `AWS_PROFILE`, else `default`, else those of the container or the machine]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from delete" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from delete" -l path-style -d 'Put the bucket\'s name into the path of URLs, as most stores but AWS want it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from delete" -l no-verify-ssl -d 'Do not check the store\'s certificate'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from delete" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from presign" -l expires-in -d 'For how many seconds the link holds; S3 takes 604800 (7 days) at most' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from presign" -l endpoint-url -d 'The address of the store [default: `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`, else `endpoint_url` of the AWS profile, else AWS\'s own]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from presign" -l region -d 'The bucket\'s region [default: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `region` of the AWS profile, else us-east-1]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from presign" -l profile -d 'The profile of AWS\'s files whose credentials are used [default: the variables\' credentials, else `AWS_PROFILE`, else `default`, else those of the container or the machine]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from presign" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from presign" -l path-style -d 'Put the bucket\'s name into the path of URLs, as most stores but AWS want it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from presign" -l no-verify-ssl -d 'Do not check the store\'s certificate'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from presign" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from presign" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from policy" -l bucket -d 'The bucket' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from policy" -l prefix -d 'What the keys of bundles begin with; without it the whole bucket' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from policy" -l endpoint-url -d 'The address of the store [default: `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`, else `endpoint_url` of the AWS profile, else AWS\'s own]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from policy" -l region -d 'The bucket\'s region [default: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `region` of the AWS profile, else us-east-1]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from policy" -l profile -d 'The profile of AWS\'s files whose credentials are used [default: the variables\' credentials, else `AWS_PROFILE`, else `default`, else those of the container or the machine]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from policy" -l mserv -d 'For mserv on S3: it makes a bucket for each bundle'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from policy" -l json -d 'Print it in one line'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from policy" -l path-style -d 'Put the bucket\'s name into the path of URLs, as most stores but AWS want it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from policy" -l no-verify-ssl -d 'Do not check the store\'s certificate'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from policy" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from policy" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from check" -l base-url -d 'The Gateway\'s `bundle_base_url`, where it is another than the bucket\'s own address: a CDN\'s. The key\'s last part is the bundle\'s name' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from check" -l endpoint-url -d 'The address of the store [default: `AWS_ENDPOINT_URL_S3`, else `AWS_ENDPOINT_URL`, else `endpoint_url` of the AWS profile, else AWS\'s own]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from check" -l region -d 'The bucket\'s region [default: `AWS_REGION`, else `AWS_DEFAULT_REGION`, else `region` of the AWS profile, else us-east-1]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from check" -l profile -d 'The profile of AWS\'s files whose credentials are used [default: the variables\' credentials, else `AWS_PROFILE`, else `default`, else those of the container or the machine]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from check" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from check" -l path-style -d 'Put the bucket\'s name into the path of URLs, as most stores but AWS want it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from check" -l no-verify-ssl -d 'Do not check the store\'s certificate'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from check" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from check" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from help" -f -a "push" -d 'Verify a bundle and push it under a name with a hash of its content; it is fetched again to see that it is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from help" -f -a "list" -d 'List what is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from help" -f -a "fetch" -d 'Fetch a bundle into a file, which is there only once it was verified'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a bundle'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from help" -f -a "presign" -d 'Print a link that fetches a bundle without credentials until it expires'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from help" -f -a "policy" -d 'Print the least IAM policy for what these commands do, or for what mserv does'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from help" -f -a "check" -d 'Say what a Gateway meets where it looks for a bundle: it asks without credentials, once, for 5 s'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand s3; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and not __fish_seen_subcommand_from list health bundles push fetch delete prune help" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and not __fish_seen_subcommand_from list health bundles push fetch delete prune help" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and not __fish_seen_subcommand_from list health bundles push fetch delete prune help" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and not __fish_seen_subcommand_from list health bundles push fetch delete prune help" -f -a "list" -d 'List the targets of the profile, with how each is'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and not __fish_seen_subcommand_from list health bundles push fetch delete prune help" -f -a "health" -d 'Say whether a target can be used'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and not __fish_seen_subcommand_from list health bundles push fetch delete prune help" -f -a "bundles" -d 'List the bundles of a target, with the APIs that use them'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and not __fish_seen_subcommand_from list health bundles push fetch delete prune help" -f -a "push" -d 'Verify a bundle and push it, under a name with a hash of its content where the target keeps names'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and not __fish_seen_subcommand_from list health bundles push fetch delete prune help" -f -a "fetch" -d 'Fetch a bundle into a file, which is there only once it was verified'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and not __fish_seen_subcommand_from list health bundles push fetch delete prune help" -f -a "delete" -d 'Delete a bundle; one that an API uses only with --force'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and not __fish_seen_subcommand_from list health bundles push fetch delete prune help" -f -a "prune" -d 'Show the bundles that no API uses, and with --yes delete them'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and not __fish_seen_subcommand_from list health bundles push fetch delete prune help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from list" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from list" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from list" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from health" -l target -d 'The target\'s name [default: the profile\'s `ship_target`, else `host`, the folder of the bundle host]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from health" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from health" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from health" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from health" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from bundles" -l target -d 'The target\'s name [default: the profile\'s `ship_target`, else `host`, the folder of the bundle host]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from bundles" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from bundles" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from bundles" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from bundles" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from push" -l name -d 'Its name before the hash [default: the file\'s where it is NAME-HASH.zip, else the project\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from push" -l target -d 'The target\'s name [default: the profile\'s `ship_target`, else `host`, the folder of the bundle host]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from push" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from push" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from push" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from push" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from fetch" -s o -l output -d 'The file to write [default: the id, with .zip]' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from fetch" -l target -d 'The target\'s name [default: the profile\'s `ship_target`, else `host`, the folder of the bundle host]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from fetch" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from fetch" -l force -d 'Write over a file that is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from fetch" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from fetch" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from fetch" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from delete" -l target -d 'The target\'s name [default: the profile\'s `ship_target`, else `host`, the folder of the bundle host]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from delete" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from delete" -l force -d 'Delete it although an API uses it, or nobody could be asked'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from delete" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from delete" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from prune" -l target -d 'The target\'s name [default: the profile\'s `ship_target`, else `host`, the folder of the bundle host]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from prune" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from prune" -l yes -d 'Delete them'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from prune" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from prune" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from prune" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from help" -f -a "list" -d 'List the targets of the profile, with how each is'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from help" -f -a "health" -d 'Say whether a target can be used'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from help" -f -a "bundles" -d 'List the bundles of a target, with the APIs that use them'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from help" -f -a "push" -d 'Verify a bundle and push it, under a name with a hash of its content where the target keeps names'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from help" -f -a "fetch" -d 'Fetch a bundle into a file, which is there only once it was verified'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Delete a bundle; one that an API uses only with --force'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from help" -f -a "prune" -d 'Show the bundles that no API uses, and with --yes delete them'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand target; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -s X -l request -d 'The method [default: GET; POST with a body]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -s H -l header -d 'A header, `Name: value`; `Name;` for one without a value. Secrets belong into --auth' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -s d -l data -d 'A body, as a form unless a header says otherwise; @FILE takes it of a file without its line breaks, @- of standard input. Given again, it is added after an `&`' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l data-binary -d 'A body as it is; @FILE takes that of a file, @- of standard input' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l data-raw -d 'A body as it is, an @ too' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -s o -l output -d 'Write the body to this file, which you alone can read: all of it, and as it came' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -s m -l max-time -d 'How long all of it may take, in seconds' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l again -d 'Send a request of the history again: 1 is the last one' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l auth -d 'How the request proves who it is from' -r -f -a "none\t'No authentication'
key\t'A key in a header'
hmac\t'The reference HMAC scheme: the Date is signed'
jwt\t'A JSON Web Token, minted now'
basic\t'User and password'"
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l key-env -d 'The variable that holds the key, secret or password' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l key-file -d 'The file that holds it; others must not be able to read it. For JWTs but of HS a private key in PEM' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l auth-header -d 'key, jwt: the header [default: Authorization]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l auth-scheme -d 'key, jwt: a word before it [default: none for key, Bearer for jwt]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l key-id -d 'hmac: which key; it is sent as it is' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l algorithm -d 'hmac: sha256 or sha512 [default: sha512]. jwt: HS, RS or PS with 256, 384 or 512, ES256, ES384, `EdDSA` [default: HS256]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l kid -d 'jwt: `kid` of the token\'s header' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l claims -d 'jwt: the claims, a JSON object, or @FILE; `iat` and `exp` are added where they are not there' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l expires-in -d 'jwt: for how many seconds the token holds [default: 300]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l user -d 'basic: the user\'s name' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -s I -l head -d 'Ask with HEAD'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -s i -l include -d 'Print the answer\'s status and headers, too'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -s k -l insecure -d 'Do not check the server\'s certificate'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -s f -l fail -d 'Exit with 1 where the answer\'s status is 400 or more'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l curl -d 'Print the command of curl that sends the same, and send nothing'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l history -d 'List the requests that were sent, the last one first'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l no-history -d 'Do not keep this request in the history'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l show-secrets -d 'Show secrets as they are'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand request" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -f -a "hello" -d 'Say how it is: its release, whether it is ready, what it needs and whether that is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -f -a "apis" -d 'List the APIs that it has loaded, classic and OAS'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -f -a "get" -d 'Print an API as the Gateway keeps it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -f -a "put" -d 'Create or replace an API, and say what differs from what is deployed'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -f -a "delete" -d 'Take an API away; asks first'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -f -a "reload" -d 'Have it load its APIs anew, and wait until it has'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -f -a "debug" -d 'Try a definition with a request, undeployed: the response, and what each middleware did'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -f -a "key" -d 'Make, list and delete keys; find those that sessions of plugins left behind'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and not __fish_seen_subcommand_from hello apis get put delete reload debug key help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from hello" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from hello" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from hello" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from hello" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from hello" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from hello" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from apis" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from apis" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from apis" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from apis" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from apis" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from apis" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from get" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from get" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from get" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from get" -l json -d 'Print an object with the definition in it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from get" -l loaded -d 'As it is in force, classic: an OAS API\'s projection too, with the hooks of the bundle that was loaded'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from get" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from put" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from put" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from put" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from put" -l new -d 'Store it as a new API: refused where the id is taken'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from put" -l dry-run -d 'Say what would change, and change nothing'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from put" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from put" -l reload -d 'Reload the Gateway, and ask whether it serves the API then'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from put" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from put" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from delete" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from delete" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from delete" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from delete" -l reload -d 'Reload the Gateway, so that it serves the API no more'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from delete" -l yes -d 'Do not ask'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from delete" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from delete" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from delete" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from reload" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from reload" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from reload" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from reload" -l no-wait -d 'Do not wait: the Gateway reloads within a second or two of being asked'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from reload" -l group -d 'Every Gateway of its group, this one too; nobody waits for them'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from reload" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from reload" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from reload" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from debug" -l request -d 'The request as HTTP has it (`POST /orders`, headers, an empty line, the body): a file, or - for standard input' -r -F
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from debug" -s X -l method -d 'Its method' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from debug" -l path -d 'Its path below the listen path' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from debug" -s H -l header -d 'A header. One that is secret belongs into a file with the request: others can read it here' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from debug" -s d -l body -d 'Its body' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from debug" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from debug" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from debug" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from debug" -l show-secrets -d 'Show secrets'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from debug" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from debug" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from debug" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from key" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from key" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from key" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from key" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from key" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from key" -f -a "create" -d 'Make a key for one API, for a test: it ends in an hour. The key is printed, once'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from key" -f -a "get" -d 'Show what a key may do'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from key" -f -a "list" -d 'List keys, by their ends'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from key" -f -a "delete" -d 'Delete a key; asks first'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from key" -f -a "leftovers" -d 'Find live keys that sessions of auth plugins left behind, and revoke them'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from key" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "hello" -d 'Say how it is: its release, whether it is ready, what it needs and whether that is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "apis" -d 'List the APIs that it has loaded, classic and OAS'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "get" -d 'Print an API as the Gateway keeps it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "put" -d 'Create or replace an API, and say what differs from what is deployed'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "delete" -d 'Take an API away; asks first'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "reload" -d 'Have it load its APIs anew, and wait until it has'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "debug" -d 'Try a definition with a request, undeployed: the response, and what each middleware did'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "key" -d 'Make, list and delete keys; find those that sessions of plugins left behind'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand gateway; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and not __fish_seen_subcommand_from apis get put help" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and not __fish_seen_subcommand_from apis get put help" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and not __fish_seen_subcommand_from apis get put help" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and not __fish_seen_subcommand_from apis get put help" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and not __fish_seen_subcommand_from apis get put help" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and not __fish_seen_subcommand_from apis get put help" -f -a "apis" -d 'List its APIs, classic and OAS'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and not __fish_seen_subcommand_from apis get put help" -f -a "get" -d 'Print an API: a classic one in the Dashboard\'s wrapper, with the database\'s id'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and not __fish_seen_subcommand_from apis get put help" -f -a "put" -d 'Create or replace an API, and say what differs from what is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and not __fish_seen_subcommand_from apis get put help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from apis" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from apis" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from apis" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from apis" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from apis" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from apis" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from get" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from get" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from get" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from get" -l json -d 'Print an object with the definition in it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from get" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from put" -l url -d 'Its address, http://HOST:PORT [default: the profile\'s]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from put" -l timeout -d 'How long an answer may take, in seconds [default: 30; to a reload: as long as it takes]' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from put" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from put" -l new -d 'Store it as a new API: refused where the id is taken'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from put" -l dry-run -d 'Say what would change, and change nothing'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from put" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from put" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from put" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from help" -f -a "apis" -d 'List its APIs, classic and OAS'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from help" -f -a "get" -d 'Print an API: a classic one in the Dashboard\'s wrapper, with the database\'s id'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from help" -f -a "put" -d 'Create or replace an API, and say what differs from what is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand dashboard; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand completions" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand completions" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand completions" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand man" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand man" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand man" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand paths" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand paths" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand paths" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand paths" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and not __fish_seen_subcommand_from show trust help" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and not __fish_seen_subcommand_from show trust help" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and not __fish_seen_subcommand_from show trust help" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and not __fish_seen_subcommand_from show trust help" -f -a "show" -d 'Print every setting in force'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and not __fish_seen_subcommand_from show trust help" -f -a "trust" -d 'Agree to what this project\'s file asks for: a port beyond this machine, a key outside the project'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and not __fish_seen_subcommand_from show trust help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and __fish_seen_subcommand_from show" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and __fish_seen_subcommand_from show" -l origin -d 'Also the layer and the place that each comes from'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and __fish_seen_subcommand_from show" -l json -d 'Print JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and __fish_seen_subcommand_from show" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and __fish_seen_subcommand_from show" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and __fish_seen_subcommand_from trust" -l use -d 'The profile to use' -r
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and __fish_seen_subcommand_from trust" -l read-only -d 'Write nothing outside this machine: no push, no change of a Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and __fish_seen_subcommand_from trust" -s h -l help -d 'Print help'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "show" -d 'Print every setting in force'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "trust" -d 'Agree to what this project\'s file asks for: a port beyond this machine, a key outside the project'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "build" -d 'Build a bundle from a manifest and its files'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "verify" -d 'Say what a Gateway would do with a bundle: the newest, or another release (`--as`)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "inspect" -d 'Show what is in a bundle, and what its checksum and signature cover; of two, what differs'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "lint" -d 'Find mistakes in manifests, API definitions, code, keys, bundles and a tyk.conf'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "keygen" -d 'Make an RSA key pair to sign bundles with'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "serve" -d 'Run the plugin server without a console, one line a Dispatch'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "attach" -d 'Open the console on a session: one of the past, or one that a server writes just now'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "session" -d 'Look after what `serve --record` wrote to the disk: list, export, delete'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "wait" -d 'Wait for Dispatches of a running server or a session, and print them: for tests'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "replay" -d 'Send the calls of a session again, and compare the answers with the recorded ones'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "rule" -d 'Try rules on recorded Dispatches, without a server; list them'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "host" -d 'Serve a folder of bundles over HTTP'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "doctor" -d 'Say whether a Gateway is set up so that plugins work, and what to change'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "demo" -d 'Show the whole loop on recorded traffic, with no Gateway'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "new" -d 'Begin a project: manifest, code, API definition, configuration, README'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "manifest" -d 'Show and change a manifest'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "backups" -d 'List, show and restore the previous versions of files that tyk-tui replaced'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "api" -d 'Look at and change API definitions, Tyk Classic and Tyk OAS'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "ship" -d 'Lint, build, sign, verify and push the bundle; point APIs at it, reload the Gateway and ask it what it runs'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "mserv" -d 'Push bundles to mserv and look after them there, with mservctl\'s flags and table'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "s3" -d 'Push bundles to S3, or a store that speaks like it, and look after them there, with the AWS CLI\'s flags'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "target" -d 'Look after the bundles of a target: the host\'s folder, or a folder, mserv or S3 of the profile'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "request" -d 'Send a request with curl\'s words and the authentication of the hook under test'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "gateway" -d 'A Gateway by its control API: health, APIs, reloads, trials without a deployment, keys'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "dashboard" -d 'A Dashboard\'s APIs. Written from its public swagger, not run against a real one'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "completions" -d 'Print a shell\'s completions'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "man" -d 'Print the manual page'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "paths" -d 'Print the folders and files that tyk-tui uses'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "config" -d 'Show the configuration in force'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and not __fish_seen_subcommand_from build verify inspect lint keygen serve attach session wait replay rule host doctor demo new manifest backups api ship mserv s3 target request gateway dashboard completions man paths config help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "list" -d 'List the sessions that are kept, the newest last'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "export" -d 'Print the Dispatches of a session, one JSON object a line, as `serve --json` does'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from session" -f -a "delete" -d 'Delete a session'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from rule" -f -a "test" -d 'Say which rule answers recorded Dispatches, and what it changes. Ends with 1 where no rule answers one, or otherwise than expected'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from rule" -f -a "list" -d 'List the rules in their order, once all of their files and keys were read'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from manifest" -f -a "init" -d 'Make a first manifest from the folder\'s code'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from manifest" -f -a "show" -d 'Print the manifest, or the value at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from manifest" -f -a "set" -d 'Set the value at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from manifest" -f -a "unset" -d 'Remove what is at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from manifest" -f -a "add-file" -d 'Add files to `file_list`; a folder adds its files'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from manifest" -f -a "remove-file" -d 'Take files off `file_list`; a folder takes off its files'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from manifest" -f -a "add-hook" -d 'Add a hook'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from manifest" -f -a "remove-hook" -d 'Remove a hook'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from backups" -f -a "list" -d 'List the versions that are kept, the latest first'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from backups" -f -a "show" -d 'Print a version'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from backups" -f -a "diff" -d 'Show what restoring a version would change'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from backups" -f -a "restore" -d 'Put a version in the file\'s place; what the file holds now is kept as a version too'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from api" -f -a "list" -d 'List API definitions: name, id, kind, listen path, driver, bundle, authentication'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from api" -f -a "show" -d 'Print a definition, or the value at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from api" -f -a "set" -d 'Set the value at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from api" -f -a "unset" -d 'Remove what is at a path'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from api" -f -a "new" -d 'Make a definition: the smallest that a Gateway loads, with what plugins need next'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from api" -f -a "convert" -d 'Write a definition that is YAML as JSON'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from api" -f -a "extend" -d 'Give a plain OpenAPI document the `x-tyk-api-gateway` that a Gateway needs'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from api" -f -a "upgrade" -d 'Write the older plugin form of Tyk OAS (`prePlugin`) as lists (`prePlugins`)'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from mserv" -f -a "push" -d 'Verify a bundle and push it under a new id, by which a Gateway downloads it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from mserv" -f -a "update" -d 'Replace a bundle under its id: a trial is pushed, downloaded and verified first'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from mserv" -f -a "list" -d 'List the bundles'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from mserv" -f -a "fetch" -d 'Show what mserv says of a bundle'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from mserv" -f -a "delete" -d 'Delete a bundle'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from mserv" -f -a "download" -d 'Download a bundle and verify it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from mserv" -f -a "health" -d 'Say whether mserv is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from s3" -f -a "push" -d 'Verify a bundle and push it under a name with a hash of its content; it is fetched again to see that it is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from s3" -f -a "list" -d 'List what is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from s3" -f -a "fetch" -d 'Fetch a bundle into a file, which is there only once it was verified'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from s3" -f -a "delete" -d 'Delete a bundle'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from s3" -f -a "presign" -d 'Print a link that fetches a bundle without credentials until it expires'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from s3" -f -a "policy" -d 'Print the least IAM policy for what these commands do, or for what mserv does'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from s3" -f -a "check" -d 'Say what a Gateway meets where it looks for a bundle: it asks without credentials, once, for 5 s'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from target" -f -a "list" -d 'List the targets of the profile, with how each is'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from target" -f -a "health" -d 'Say whether a target can be used'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from target" -f -a "bundles" -d 'List the bundles of a target, with the APIs that use them'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from target" -f -a "push" -d 'Verify a bundle and push it, under a name with a hash of its content where the target keeps names'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from target" -f -a "fetch" -d 'Fetch a bundle into a file, which is there only once it was verified'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from target" -f -a "delete" -d 'Delete a bundle; one that an API uses only with --force'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from target" -f -a "prune" -d 'Show the bundles that no API uses, and with --yes delete them'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from gateway" -f -a "hello" -d 'Say how it is: its release, whether it is ready, what it needs and whether that is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from gateway" -f -a "apis" -d 'List the APIs that it has loaded, classic and OAS'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from gateway" -f -a "get" -d 'Print an API as the Gateway keeps it'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from gateway" -f -a "put" -d 'Create or replace an API, and say what differs from what is deployed'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from gateway" -f -a "delete" -d 'Take an API away; asks first'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from gateway" -f -a "reload" -d 'Have it load its APIs anew, and wait until it has'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from gateway" -f -a "debug" -d 'Try a definition with a request, undeployed: the response, and what each middleware did'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from gateway" -f -a "key" -d 'Make, list and delete keys; find those that sessions of plugins left behind'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from dashboard" -f -a "apis" -d 'List its APIs, classic and OAS'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from dashboard" -f -a "get" -d 'Print an API: a classic one in the Dashboard\'s wrapper, with the database\'s id'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from dashboard" -f -a "put" -d 'Create or replace an API, and say what differs from what is there'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "show" -d 'Print every setting in force'
complete -c tyk-tui -n "__fish_tyk_tui_using_subcommand help; and __fish_seen_subcommand_from config" -f -a "trust" -d 'Agree to what this project\'s file asks for: a port beyond this machine, a key outside the project'
