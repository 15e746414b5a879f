# What tests/compose/run is made of: the stack under a name of its own, on free loopback ports, and what can be seen of it.
# shellcheck shell=bash

readonly raised='Excesso de eventos' cleared='Volume normalizado'
readonly project="sigma-test-$$"
log=$(mktemp)
readonly log
passed=''
SECONDS=0

# Free ports, whatever the caller's environment says.
export PUBLISH_ADDRESS=127.0.0.1 RABBITMQ_PORT=0 RABBITMQ_MANAGEMENT_PORT=0 MYSQL_PORT=0 SIMULATOR_PORT=0 CONSOLE_PORT=0

compose() { docker compose --project-name "$project" --env-file .env.demo --ansi never --progress plain "$@"; }

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
        simulator /_sim/received && echo || true
    fi
    step "Taking everything down"
    compose down --volumes --remove-orphans --rmi local --timeout 15 >"$log" 2>&1 || { cat "$log"; status=1; }
    rm -f "$log"
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

says_what_is_missing() { # one of these variables: which is looked at first is chance
    local said variable
    if said=$(docker compose --env-file /dev/null config --quiet 2>&1); then fail "an empty environment is taken"; fi
    for variable in "$@"; do
        if [[ $said == *"$variable"*"set it in .env"* ]]; then return; fi
    done
    fail "an empty environment is answered with: $said"
}

address_of() { compose port "$1" "$2"; } # it changes with every restart

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

tries_the_search() { # with the tests' own archives: only OpenSearch is a container
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

is_confined() { # service: nothing it could do harm with, and nowhere to write but /tmp
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
