using Sigma.Hosting;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Alerts;
using Sigma.Notifier.Api;
using Sigma.Notifier.Decisions;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Drills;
using Sigma.Notifier.Escalation;
using Sigma.Notifier.Holds;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Retention;
using Sigma.Notifier.Routing;
using Sigma.Notifier.Schema;
using Sigma.Notifier.SelfMonitoring;
using Sigma.Notifier.Snoozes;
using Sigma.Notifier.SystemNotices;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier;

/// <summary>The notifier as a part of a process.</summary>
public static class NotifierService
{
    /// <summary>Stores alerts and delivers them once on every channel; warns when a source is not watched.</summary>
    public static ServiceBuilder AddNotifier(this ServiceBuilder service) => service
        .Settings<NotifierOptions>("Notifier")
        .Schema(NotifierContext.Schema)
        .AddAlerts()
        .AddAccounts()
        .AddTexts()
        .AddDeliveries()
        .AddReceivers()
        .AddRouting()
        .AddHolds()
        .AddEscalation()
        .AddSnoozes()
        .AddDecisions()
        .AddSystemNotices()
        .AddSelfMonitoring()
        .AddDrills()
        .AddRetention()
        .AddApi();
}
