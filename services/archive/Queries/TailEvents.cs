using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Sigma.Archive.Logs.Tail;

namespace Sigma.Archive.Queries;

/// <summary>A live tail as server-sent events: <c>line</c>, <c>missed</c>, and <c>alive</c> while nothing comes.</summary>
internal static class TailEvents
{
    static readonly TimeSpan AliveEvery = TimeSpan.FromSeconds(10);

    public static IResult Stream(LiveTail.Watcher watcher, CancellationToken stopping, CancellationToken aborted) =>
        TypedResults.ServerSentEvents(Events(watcher, stopping, aborted));

    static async IAsyncEnumerable<SseItem<TailEvent>> Events(LiveTail.Watcher watcher, CancellationToken stopping, CancellationToken aborted,
        [EnumeratorCancellation] CancellationToken ct = default)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stopping, aborted, ct);
        using (watcher)
        {
            yield return new(new TailEvent(), "alive"); // the headers go out with it
            for (Task<bool>? more = null; !end.IsCancellationRequested;)
            {
                more ??= watcher.WaitToRead(end.Token).AsTask();
                if (await Task.WhenAny(more, Task.Delay(AliveEvery, end.Token)) != more)
                {
                    if (!end.IsCancellationRequested)
                        yield return new(new TailEvent(), "alive");
                    continue;
                }
                if (more.IsCanceled || !await more)
                    yield break;
                more = null;
                while (watcher.TryRead(out var line))
                    yield return new(new TailEvent(LogLineAnswer.Of(line)), "line");
                if (watcher.TakeMissed() is > 0 and var missed)
                    yield return new(new TailEvent(Missed: missed), "missed");
            }
        }
    }
}
