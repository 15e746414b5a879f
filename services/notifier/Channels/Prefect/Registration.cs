using Sigma.Hosting;
using Sigma.Storage.ClockSteps;

namespace Sigma.Notifier.Channels.Prefect;

internal static class Registration
{
    public static readonly ChannelType Type = new ChannelType<PrefectChannel, PrefectOptions>("prefect", FollowRuns);

    static void FollowRuns(ServiceBuilder service)
    {
        service.Services.AddSingleton<FlowRunTable>().AddSingleton<IClockStepRepair>(provider => provider.GetRequiredService<FlowRunTable>())
            .AddSingleton<FlowRunSweep>();
        service.Jobs(FlowRunSweep.Schedule);
    }
}
