using Sigma.Hosting;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.Channels.Prefect;

internal static class Registration
{
    public static readonly ChannelType Type = new ChannelType<PrefectChannel, PrefectOptions>("prefect", FollowRuns);

    static void FollowRuns(ServiceBuilder service)
    {
        service.Services.AddSingleton<FlowRunTable>().AddSingleton<FlowRunSweep>().AddSingleton<IClockStepRepair, FlowRunClockRepair>();
        service.Jobs(FlowRunSweep.Schedule);
    }
}
