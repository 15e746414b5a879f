using System.Threading.Channels;

namespace Sigma.Archive.Files;

/// <summary>
/// Stores what several consumers bring at the same time in one transaction: while one group is written, the next gathers. Whoever brings something
/// waits until it is on the disk, so that its message is acknowledged only then.
/// </summary>
/// <param name="store">Stores a group, and says of each item what it failed by, null when it is stored.</param>
/// <param name="weight">How much an item adds to its group.</param>
/// <param name="heaviest">A group takes no more once it weighs so much.</param>
internal sealed class GroupCommit<T>(Func<IReadOnlyList<T>, IReadOnlyList<Exception?>> store, Func<T, int> weight, int heaviest) : IAsyncDisposable
{
    readonly Channel<(T Item, TaskCompletionSource Stored)> _waiting = Channel.CreateUnbounded<(T, TaskCompletionSource)>();
    readonly Lock _starting = new();
    Task? _writer;

    /// <summary>Returns when it is stored, and fails by what it could not be stored by.</summary>
    public Task Store(T item, CancellationToken ct)
    {
        lock (_starting)
            _writer ??= Task.Run(Write, CancellationToken.None);
        TaskCompletionSource stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_waiting.Writer.TryWrite((item, stored)))
            throw new OperationCanceledException("The archive is stopping.");
        return stored.Task.WaitAsync(ct);
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        if (_writer is not null)
            await _writer;
    }

    async Task Write()
    {
        List<T> items = [];
        List<TaskCompletionSource> stored = [];
        while (await _waiting.Reader.WaitToReadAsync())
        {
            items.Clear();
            stored.Clear();
            for (var weighs = 0; weighs < heaviest && _waiting.Reader.TryRead(out var next); weighs += weight(next.Item))
            {
                items.Add(next.Item);
                stored.Add(next.Stored);
            }
            try
            {
                var failures = store(items);
                for (var index = 0; index < stored.Count; index++)
                    if (failures[index] is { } failure)
                        stored[index].TrySetException(failure);
                    else
                        stored[index].TrySetResult();
            }
            catch (Exception e)
            {
                foreach (var one in stored)
                    one.TrySetException(e);
            }
        }
    }
}
