using Sigma.Hosting;
using Sigma.Notifier.Deliveries;

namespace Sigma.Notifier.Channels.SegwareAlarmEvent;

internal static class Registration
{
    public static ServiceBuilder AddSegwareAlarmEvent(this ServiceBuilder service)
    {
        service.AddChannel<SegwareAlarmEventChannel>().Services.AddSingleton<AlarmEventTable>();
        return service;
    }
}
