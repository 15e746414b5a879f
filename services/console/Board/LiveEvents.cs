using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Alerts;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Board;

/// <summary>
/// Changes of alerts as they come, for programs that stay connected. Whoever comes again says the last id, and gets what has changed since: of an
/// alert that changed more than once, how it is now.
/// </summary>
internal sealed class LiveEvents(RaisedAlerts board, Database database, TimeProvider time)
{
    /// <summary>So often something is sent, so that both ends know that the other is there.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(15);

    // Who asks is looked at again when they come again, which a browser does by itself.
    static readonly TimeSpan Longest = TimeSpan.FromMinutes(15);

    public async IAsyncEnumerable<SseItem<LiveEvent>> Follow(BoardFilter filter, Caller caller, long? last,
        [EnumeratorCancellation] CancellationToken ct)
    {
        using SemaphoreSlim changed = new(0, 1);
        board.Changed += Wake;
        try
        {
            var started = time.GetTimestamp();
            var at = last ?? board.Current.Sequence;
            yield return Item(LiveEventType.Ready, at, null);
            while (time.GetElapsedTime(started) < Longest)
            {
                var current = board.Current;
                BoardMatch match = new(filter, caller.Limits, current.Texts);
                await foreach (var change in Changes(at, current, ct))
                {
                    at = Math.Max(at, change.Sequence);
                    if (TypeOf(change, match) is { } type)
                        yield return Item(type, change.Sequence, change.Alert.View);
                }
                if (await changed.WaitAsync(Heartbeat, ct))
                    continue;
                if (at > board.Current.Sequence && board.StaleSince is null)
                {
                    at = board.Current.Sequence; // the numbers began anew
                    yield return Item(LiveEventType.Reset, at, null);
                }
                yield return Item(LiveEventType.Heartbeat, at, null);
            }
        }
        finally
        {
            board.Changed -= Wake;
        }

        void Wake()
        {
            try
            {
                if (changed.CurrentCount == 0)
                    changed.Release();
            }
            catch (Exception e) when (e is SemaphoreFullException or ObjectDisposedException)
            {
                // woken already, or gone
            }
        }
    }

    async IAsyncEnumerable<BoardChange> Changes(long after, BoardSnapshot current, [EnumeratorCancellation] CancellationToken ct)
    {
        if (board.Changes.After(after) is { } changes)
        {
            foreach (var change in changes)
                yield return change;
            yield break;
        }
        await using var connection = await database.Open(ct);
        for (List<StoredAlert>? rows = null; rows is null or { Count: BoardTable.Page };)
        {
            rows = await BoardTable.Changed(connection, after, ct);
            foreach (var row in rows)
                yield return new BoardChange(after = row.Sequence, new BoardAlert(row.View(), current.Texts), null) { IsRead = true };
        }
    }

    static LiveEventType? TypeOf(BoardChange change, BoardMatch match)
    {
        var (now, before) = (change.Alert, change.Before);
        if (!match.IsVisible(now))
            return null;
        var wasShown = before is not null && match.FitsWhenever(before);
        if (!wasShown && !match.FitsWhenever(now))
            return null;
        if (now.View.ClearedAt is not null)
            return before?.View.ClearedAt is null ? LiveEventType.Cleared : LiveEventType.Changed;
        if (change.IsRead) // how it was is not known
            return now.View.AcknowledgedAt is null ? LiveEventType.Changed : LiveEventType.Acknowledged;
        if (before is null || before.View.ClearedAt is not null || !match.IsVisible(before))
            return LiveEventType.Raised;
        return before.View.AcknowledgedAt is null && now.View.AcknowledgedAt is not null ? LiveEventType.Acknowledged : LiveEventType.Changed;
    }

    SseItem<LiveEvent> Item(LiveEventType type, long sequence, AlertView? alert) =>
        new(new LiveEvent(type, sequence, time.GetUtcNow(), alert, board.StaleSince), type.ToString().ToLowerInvariant())
        {
            EventId = sequence.ToString(CultureInfo.InvariantCulture),
        };
}
