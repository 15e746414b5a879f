using Sigma.Hosting;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Blindness;
using Sigma.Notifier.Channels.SegwareAlarmEvent;
using Sigma.Notifier.Channels.WhatsApp;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Drills;
using Sigma.Notifier.Notices;
using Sigma.Notifier.Registers;
using Sigma.Notifier.Retention;
using Sigma.Notifier.Schema;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier;

/// <summary>The notifier as a part of a process.</summary>
public static class NotifierService
{
    /// <summary>Writes alerts down and tells people and systems of them, once each, on every channel; and says so when nobody watches.</summary>
    public static ServiceBuilder AddNotifier(this ServiceBuilder service) => service
        .Settings<NotifierOptions>("Notifier")
        .Schema(NotifierContext.Schema)
        .AddRegisters()
        .AddAccounts()
        .AddTexts()
        .AddDeliveries()
        .AddWhatsApp()
        .AddSegwareAlarmEvent()
        .AddNotices()
        .AddBlindness()
        .AddDrills()
        .AddRetention();
}
