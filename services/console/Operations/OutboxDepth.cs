using Sigma.OperatorConsole.Access;
using Sigma.Storage;
using Sigma.Storage.Queries;

namespace Sigma.OperatorConsole.Operations;

/// <summary>What the services have decided to send and the broker does not have, as the console's own database tells it.</summary>
internal sealed class OutboxDepth(Database database, TimeProvider time)
{
    /// <summary>By service; none when nothing waits.</summary>
    public async Task<IReadOnlyList<WaitingMessages>> All(Caller caller, CancellationToken ct)
    {
        caller.DemandNoLimits();
        return [.. (await new OutboxQuery(database).Unsent(time.Milliseconds(), ct)).Select(waiting =>
            new WaitingMessages(waiting.Owner, waiting.Number, waiting.Attempts, TimeSpan.FromMilliseconds(Math.Max(0, waiting.Late))))];
    }
}

/// <summary>A service's messages that the broker does not have.</summary>
/// <param name="Service">The service.</param>
/// <param name="Number">How many.</param>
/// <param name="Attempts">Most tries of one of them.</param>
/// <param name="Late">Since the first of them was to be sent.</param>
public sealed record WaitingMessages(string Service, long Number, int Attempts, TimeSpan Late);
