namespace Sigma.Notifier.Channels.SegwareAlarmEvent;

internal static class Registration
{
    public static readonly ChannelType Type =
        new ChannelType<SegwareAlarmEventChannel, SegwareAlarmEventOptions>("segware-alarm-event",
            service => service.Services.AddSingleton<AlarmEventTable>())
        {
            IsOfDefaultReceiver = true,
            Inherits = [("Notifier:Channels:SegwareAlarmEvent", settings => settings)],
        };
}
