using Sigma.Notifier.Receivers;
using Sigma.Storage;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.Channels.Prefect;

/// <summary>Runs that were put off while a clock was ahead are asked about now.</summary>
internal sealed class FlowRunClockRepair(ReceiverSet receivers) : IClockStepRepair
{
    public Task<int> Repair(DbSession session, long now, CancellationToken ct)
    {
        var channels = receivers.Channels.OfType<PrefectChannel>().Where(channel => channel.Follows).Select(channel => channel.Integration.Name)
            .ToList();
        return channels.Count == 0 ? Task.FromResult(0) : FlowRunTable.Repair(session, channels, now, ct);
    }
}
