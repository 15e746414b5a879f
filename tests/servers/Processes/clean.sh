# Waits until its standard input ends: the owner has let go, or has died. Then ends what runs in the folder $1 and removes it.
exec >/dev/null 2>&1
trap '' HUP INT TERM
cat
for file in "$1"/*.pid; do
    [ -e "$file" ] || continue
    pid=$(cat "$file")
    # A process id may have been given to a stranger since: only a process that carries our folder is ours.
    if [ ! -d /proc/self ] || grep -qaF "$1" "/proc/$pid/environ"; then kill -9 "$pid"; fi
done
tries=0
until rm -rf "$1" || [ "$tries" -ge 50 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
rm -f "$1.lock"
