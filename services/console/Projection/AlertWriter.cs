using System.Collections.Concurrent;
using Sigma.OperatorConsole.Board;
using Sigma.Storage;

namespace Sigma.OperatorConsole.Projection;

/// <summary>
/// Puts messages into the tables, all those that wait at a time in one transaction: each of their consumers waits for its own. Of whatever types they
/// are, and in the order they came.
/// </summary>
internal sealed class AlertWriter(Database database, AccountDirectory names, RaisedAlerts board, TimeProvider time)
{
    /// <summary>Messages of one transaction.</summary>
    public const int Most = 500;

    readonly ConcurrentQueue<Waiting> _queue = new();
    readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Returns when the message is in the tables.</summary>
    public async Task Write(ProjectedMessage message, CancellationToken ct)
    {
        Waiting mine = new(message);
        _queue.Enqueue(mine);
        await _turn.WaitAsync(ct);
        try
        {
            while (!mine.Done.Task.IsCompleted)
                await WriteNext(ct);
        }
        finally
        {
            _turn.Release();
        }
        await mine.Done.Task;
    }

    /// <summary>Has the board look at what was written past the queue.</summary>
    public void Wake() => board.Wake();

    async Task WriteNext(CancellationToken ct)
    {
        List<Waiting> batch = [];
        while (batch.Count < Most && _queue.TryDequeue(out var waiting))
            batch.Add(waiting);
        try
        {
            await Store(batch.ConvertAll(waiting => waiting.Message), ct);
            batch.ForEach(waiting => waiting.Done.TrySetResult());
        }
        catch (Exception e) when (batch.Count > 1 && database.Dialect.IsRefusal(e))
        {
            // The one that the database does not take must not keep the others out.
            foreach (var waiting in batch)
                await StoreAlone(waiting, ct);
        }
        catch (Exception e)
        {
            batch.ForEach(waiting => waiting.Fail(e));
        }
        board.Wake();
    }

    async Task StoreAlone(Waiting waiting, CancellationToken ct)
    {
        try
        {
            await Store([waiting.Message], ct);
            waiting.Done.TrySetResult();
        }
        catch (Exception e)
        {
            waiting.Fail(e);
        }
    }

    /// <summary>In one transaction.</summary>
    public async Task Store(IReadOnlyList<ProjectedMessage> messages, CancellationToken ct)
    {
        await using var session = await database.Begin(ct);
        var last = await AlertSequence.Lock(session, ct);
        var known = await AlertTable.Lock(session, messages.Select(message => message.AlertId).Distinct(), ct);
        Dictionary<Guid, AlertState?> before = new(messages.Count);
        var now = time.Milliseconds();
        foreach (var message in messages)
        {
            if (!known.TryGetValue(message.AlertId, out var state))
            {
                known[message.AlertId] = state = AlertState.Of(message.Facts, now);
                before[message.AlertId] = null;
                names.Name(state);
            }
            else if (!before.ContainsKey(message.AlertId))
                before[message.AlertId] = state with { };
            message.Apply(state);
        }
        List<AlertState> changed = [];
        foreach (var message in messages) // in the order they came
            if (before.Remove(message.AlertId, out var was) && known[message.AlertId] is { } state && state != was)
            {
                state.Sequence = ++last;
                changed.Add(state);
            }
        await AlertTable.Write(session, changed, ct);
        await AlertTable.Add(session, messages.Select(message => message.Event).OfType<StoredEvent>().DistinctBy(happened => happened.EventId), ct);
        if (changed.Count > 0)
            await AlertSequence.Move(session, last, ct);
        await session.Commit(ct);
    }

    sealed class Waiting(ProjectedMessage message)
    {
        public ProjectedMessage Message => message;

        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Fail(Exception e)
        {
            Done.TrySetException(e);
            _ = Done.Task.Exception; // nobody may be waiting any more
        }
    }
}
