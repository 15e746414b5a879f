using Sigma.Cli.Broker;

namespace Sigma.Cli.Errors;

/// <summary>
/// Where a message lies that could not be digested (<c>_error</c>), or that nobody in its queue knows (<c>_skipped</c>), and the queue it came from.
/// </summary>
internal sealed record ErrorQueue(string Name, string Origin)
{
    const string Error = "_error", Skipped = "_skipped";

    public static IEnumerable<ErrorQueue> All =>
        Queues.All.SelectMany(queue => new[] { new ErrorQueue(queue + Error, queue), new ErrorQueue(queue + Skipped, queue) });

    /// <summary>By its name, or by that of the queue whose error queue it is.</summary>
    /// <exception cref="UsageException">No queue of ours has this name.</exception>
    public static ErrorQueue Named(string name) =>
        All.FirstOrDefault(queue => queue.Name == name || queue.Name == name + Error)
        ?? throw new UsageException(
            $"The tracker has no queue {name}. Its queues: {string.Join(", ", Queues.All)}, each with {Error} or {Skipped} behind it.");
}
