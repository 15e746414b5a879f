using Sigma.Hosting;
using Sigma.Notifier.Inhibition;
using Sigma.Notifier.Silences;

namespace Sigma.Notifier.Holds;

internal static class Registration
{
    public static ServiceBuilder AddHolds(this ServiceBuilder service)
    {
        service.Services.AddSingleton<SilenceTable>().AddSingleton<RaisedInhibitors>().AddSingleton<HoldBook>().AddSingleton<HeldTable>()
            .AddSingleton<HeldDeliveries>().AddSingleton<HeldSweep>();
        return service.Jobs(HeldSweep.Schedule);
    }
}
