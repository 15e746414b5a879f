using Microsoft.Extensions.Options;
using Sigma.Segware;

namespace Sigma.Notifier.Channels.SegwareAlarmEvent;

internal static class Registration
{
    public static readonly ChannelType Type =
        new ChannelType<SegwareAlarmEventChannel, SegwareAlarmEventOptions>("segware-alarm-event",
            service => service.Services.AddSingleton<AlarmEventTable>().AddSingleton<IValidateOptions<SegwareOptions>, SegwareNeeds>())
        {
            IsOfDefaultReceiver = true,
            IsOffByDefault = SegwareNeeds.IsOffByDefault,
            Inherits = [("Notifier:Channels:SegwareAlarmEvent", settings => settings)],
        };
}
