# What tests/compose/run is made of: the stack under a name of its own, on free loopback ports, and what can be seen of it.
# shellcheck shell=bash

readonly raised='Excesso de eventos' cleared='Volume normalizado' reported='Alerta de outro sistema:'
readonly project="sigma-test-$$"
log=$(mktemp)
cookies=$(mktemp)
settings=$(mktemp)
readonly log cookies settings
passed=''
SECONDS=0

# Free ports, and no tokens but those of the settings, whatever the caller's environment says.
export PUBLISH_ADDRESS=127.0.0.1 RABBITMQ_PORT=0 RABBITMQ_MANAGEMENT_PORT=0 MYSQL_PORT=0 FETCHER_PORT=0 SIMULATOR_PORT=0 CONSOLE_PORT=0 GATEWAY_PORT=0
unset COMPOSE_PROFILES SIGMA_ENV_FILE SIGMA_CLOUD_BEARER_TOKEN CHAT_PRO_INSTANCE_ID CHAT_PRO_GROUP_JID CHAT_PRO_BEARER_TOKEN

compose() { docker compose --project-name "$project" --env-file "$settings" --ansi never --progress plain "$@"; }

# The settings of a file, and besides somebody who sends log lines, and an administrator whose password is known.
settings_of() { # file
    {
        cat "$1"
        printf '%s\n' "SIGMA_ENV_FILE=$settings" Console__AdministratorPassword=only-for-this-test Gateway__Integrations__1__Name=web-servers \
            Gateway__Integrations__1__Kind=logs Gateway__Integrations__1__Key=another-key-of-16-characters-or-more
    } >"$settings"
}

step() { printf '[%3ds] %s\n' "$SECONDS" "$*"; }

fail() {
    printf '[%3ds] FAILED: %s\n' "$SECONDS" "$*" >&2
    exit 1
}

need_tools() {
    docker compose version >/dev/null 2>&1 || fail "needs Docker with Compose"
    docker info >/dev/null 2>&1 || fail "needs a Docker engine that runs"
    command -v curl >/dev/null || fail "needs curl"
}

finish() {
    local status=$?
    trap - EXIT
    if [[ -z $passed ]]; then
        compose ps -a || true
        compose logs --no-color --timestamps --tail 60 || true
        [[ -z $(compose ps -q simulator 2>/dev/null) ]] || { simulator /_sim/received && echo; } || true
    fi
    step "Taking everything down"
    settings_of .env.demo # it has all services
    compose down --volumes --remove-orphans --rmi local --timeout 15 >"$log" 2>&1 || { cat "$log"; status=1; }
    rm -f "$log" "$cookies" "$settings"
    if [[ -z $passed && $status == 0 ]]; then status=1; fi
    exit "$status"
}

within() { # seconds, what is waited for, command...
    local limit=$1 what=$2 started=$SECONDS
    shift 2
    until "$@"; do
        ((SECONDS - started < limit)) || fail "waited $limit s in vain until $what"
        sleep 1
    done
    step "  $what"
}

settings_are_taken() { # file with settings
    docker compose --env-file "$1" config --quiet >"$log" 2>&1 || { cat "$log"; fail "the settings of $1 are refused"; }
    [[ ! -s $log ]] || fail "the settings of $1 are answered with: $(<"$log")"
}

lacks_chatpro() { # with WhatsApp on and no ChatPro the notifier does not start, and says why in one line
    local said
    said=$(compose run --rm --no-deps --no-TTY --env Notifier__Channels__WhatsApp__Enabled=true notifier 2>"$log" </dev/null) && fail "the notifier runs without ChatPro"
    said=$(cat "$log" - <<<"$said" | grep -F ChatPro__) || fail "the notifier without ChatPro says: $(<"$log")"
    [[ $(wc -l <<<"$said") == 1 ]] || fail "the notifier without ChatPro says: $said"
}

address_of() { compose port --index "${3:-1}" "$1" "$2"; } # service, port, number of the container; it changes with every restart

simulator() { # path, curl arguments...
    local path=$1
    shift
    curl --silent --show-error --fail --max-time 10 "$@" "http://$(address_of simulator 8080)$path"
}

broker() { curl --silent --fail --max-time 10 --user sigma:sigma "http://$(address_of rabbitmq 15672)/api/$1"; }

# One message a line. An answer that does not come counts as none: within asks again.
messages() { { simulator /_sim/received 2>/dev/null || true; } | sed 's/"alarmEvents":.*//; s/},{/}\n{/g'; }

told_times() { messages | grep -F "$1" | grep -cE "$2([^[:alnum:]]|\$)" || true; } # words, code

told() { (($(told_times "$@") >= 1)); }

told_once() { (($(told_times "$@") == 1)); }

in_segware() { # text, times: each alarm event has it in two fields
    local found
    found=$({ simulator /_sim/received 2>/dev/null || true; } | sed 's/.*"alarmEvents"://; s/"complement"/\n&/g' | grep -cE "^\"complement\":\"[^\"]*$1[\"; ]") || true
    ((found == $2))
}

queue_facts() { broker 'queues?columns=name,messages,consumers' | sed 's/[][]//g; s/},{/}\n{/g'; }

has_consumers() { # queue, number
    queue_facts 2>/dev/null | grep -F "\"name\":\"$1\"" | grep -q "\"consumers\":$2\\b"
}

no_errors() {
    local all
    all=$(queue_facts) || return 1
    ! grep -E '"name":"[^"]*_(error|skipped)"' <<<"$all" | grep -qv '"messages":0\b'
}

burst() { # code: 25 events of one key at this moment
    local code=$1 now events='' n
    now=$(date -u +%Y-%m-%dT%H:%M:%S)
    for ((n = 0; n < 25; n++)); do
        events+="${events:+,}{\"accountId\":910001,\"cuc\":\"ALR\",\"code\":\"$code\",\"at\":\"$now.$((100 + n))Z\",\"id\":\"$project-$code-$n\"}"
    done
    simulator /_sim/events --header 'Content-Type: application/json' --data "[$events]" || fail "the simulator took no events"
    step "  25 events of code $code"
}

example() { # what the README's curl sends
    local body
    body=$(sed -n "/localhost:8090\/in\/shop/{n;s/^ *-d '\(.*\)'\$/\1/p}" README.md)
    [[ -n $body ]] || fail "the README has no example"
    printf '%s' "$body"
}

send() { # number of the gateway, integration, body
    local key
    key=$(sed -n "s/^\(Gateway__Integrations__[0-9]*__\)Name=$2\$/\1Key/p" "$settings")
    key=$(sed -n "s/^$key=//p" "$settings")
    curl --silent --show-error --fail --max-time 30 --header "Authorization: Bearer $key" \
        --data "$3" --output /dev/null "http://$(address_of gateway 8080 "$1")/in/$2" || fail "gateway $1 does not take: $3"
}

signed_in() { # a session reads the API as a token does
    local console token
    console="http://$(address_of console 8080)"
    token=$(curl --silent --fail --max-time 10 --cookie-jar "$cookies" "$console/sign-in" |
        sed -n 's/.*name="_handler" value="sign-in".*name="__RequestVerificationToken" value="\([^"]*\)".*/\1/p') || return 1
    [[ $(curl --silent --max-time 10 --cookie "$cookies" --cookie-jar "$cookies" --output /dev/null --write-out '%{http_code}' --data _handler=sign-in \
        --data-urlencode "__RequestVerificationToken=$token" --data Form.Name=admin \
        --data-urlencode "Form.Password=$(sed -n 's/^Console__AdministratorPassword=//p' "$settings")" "$console/sign-in") == 302 ]]
}

console_says() { # path, what is in the answer, curl arguments...
    local path=$1 text=$2
    shift 2
    curl --silent --fail --max-time 20 --cookie "$cookies" --get "$@" "http://$(address_of console 8080)$path" | grep -qF -- "$text"
}

on_the_board() { console_says /api/v1/alerts "\"summary\":\"$1\""; } # title

off_the_board() { ! on_the_board "$1" && console_says /api/v1/alerts '"items":'; } # title

in_the_archive() { console_says /api/v1/logs "$1" --data-urlencode "q=\"$1\""; } # words of a line

tries_the_gateway() {
    send 1 shop "$(example)"
    within 30 "the console signs in" signed_in
    within 60 "the README's alert is on the board" on_the_board "Pump 1 stands still"
    send 1 web-servers '{"host":"web-1","level":"error","message":"pump 1 draws no current"}'
    within 60 "a log line is found" in_the_archive "pump 1 draws no current"
}

tries_the_search() { # with the tests' own archives: only OpenSearch is a container
    local image
    image=$(docker compose --env-file .env.demo --profile search config --images opensearch)
    docker image inspect "$image" >/dev/null 2>&1 || docker pull --quiet "$image" >"$log" 2>&1 ||
        fail "the search was not tried: the image $image is not here, and none can be had: $(tail -1 "$log")"
    step "Starting OpenSearch"
    OPENSEARCH_JAVA_OPTS='-Xms512m -Xmx512m' docker compose --project-name "$project" --env-file .env.demo --profile search \
        run --detach --publish 127.0.0.1::9200 --name "$project-opensearch" opensearch >"$log" 2>&1 || { tail -20 "$log"; fail "it did not start"; }
    local address
    address="http://$(docker port "$project-opensearch" 9200 | head -1)"
    within 180 "OpenSearch answers" curl --silent --fail --max-time 5 "$address/_cluster/health?wait_for_status=yellow"
    SIGMA_TEST_OPENSEARCH=$address dotnet test tests/services -c Release --nologo --filter FullyQualifiedName~Lines_in_OpenSearch ||
        fail "OpenSearch answers otherwise than the archive's own files"
}

healthy() { # service
    local id state
    for id in $(compose ps -q "$1"); do
        state=$(docker inspect --format '{{.State.Health.Status}}' "$id" 2>/dev/null) || return 1
        [[ $state == healthy ]] || return 1
    done
}

all_healthy() {
    local service
    for service in $(compose config --services); do healthy "$service" || return 1; done
}

restart() { # service
    compose restart "$1" >"$log" 2>&1 || { cat "$log"; fail "$1 was not restarted"; }
    within 120 "$1 was restarted and all are healthy" all_healthy
}

is_confined() { # service: nothing it could do harm with, and nowhere to write but /tmp and its volume
    local id status
    for id in $(compose ps -q "$1"); do
        [[ $(docker inspect --format '{{.HostConfig.ReadonlyRootfs}} {{.HostConfig.CapDrop}} {{.HostConfig.SecurityOpt}}' "$id") == "true [ALL] [no-new-privileges:true]" ]] || return 1
        status=$(docker exec "$id" cat /proc/1/status) || return 1
        [[ $(awk '$1 == "Uid:" { print ($2 > 0) && ($3 > 0) }' <<<"$status") == 1 ]] || return 1
        [[ $(awk '/^Cap(Eff|Prm|Bnd|Inh|Amb):/ && $2 !~ /^0+$/' <<<"$status") == "" ]] || return 1
        [[ $(awk '$1 == "NoNewPrivs:" { print $2 }' <<<"$status") == 1 ]] || return 1
        ! docker exec "$id" sh -c 'echo x >/app/x' 2>/dev/null || return 1
        ! docker exec --user 0 "$id" sh -c 'echo x >/app/x' 2>/dev/null || return 1
        docker exec "$id" sh -c 'echo x >/tmp/x && rm /tmp/x' || return 1
    done
}

registers_are_complete() {
    local counts
    counts=$(compose exec -T mysql sh -c 'MYSQL_PWD=$MYSQL_PASSWORD mysql --protocol=tcp -h 127.0.0.1 -u $MYSQL_USER -N -e "
        select count(*), count(distinct code) from sigma_cloud_events_tracker_registers where account_code <> \"\" and code <> \"E130\"" $MYSQL_DATABASE' 2>/dev/null) || return 1
    [[ $counts == $((${#codes[@]} + 3))$'\t'$((${#codes[@]} + 3)) ]]
}
