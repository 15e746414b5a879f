using System.Globalization;
using Sigma.Contracts;
using Sigma.Faults.Traffic;
using Sigma.Simulator;
using Sigma.Simulator.Webhooks;
using Sigma.TestServers;

namespace Sigma.Faults.Stations;

/// <summary>
/// The settings of the run's services: production's, but for windows and waits that fit into minutes and texts that can be recognised.
/// </summary>
internal static class Settings
{
    const string RuleName = "Evaluator__Rules__0__Name", FormerName = "Evaluator__Rules__0__FormerNames__";

    /// <summary>Who is told of a value that nobody takes on.</summary>
    public const string Duty = "duty";

    /// <summary>So long after it is written down.</summary>
    public static readonly TimeSpan EscalatedAfter = TimeSpan.FromSeconds(10);

    static readonly string[] Names = ["excess", "Excess", "excesso"];

    /// <summary>Renames the rule, by case alone now and then, and says so. An alert may be two names old when it is carried on.</summary>
    public static void Rename(IDictionary<string, string> settings)
    {
        var now = Array.IndexOf(Names, settings[RuleName]);
        settings[RuleName] = Names[(now + 1) % 3];
        (settings[FormerName + "0"], settings[FormerName + "1"]) = (Names[now], Names[(now + 2) % 3]);
    }

    public static IReadOnlyDictionary<string, string> Of(RabbitMqServer broker, string virtualHost, string connectionString, SimulatorApp simulator)
    {
        var settings = new Dictionary<string, string>
        {
            ["Storage__Provider"] = "MySql",
            ["Storage__ConnectionString"] = connectionString,
            ["RabbitMq__Host"] = broker.Host,
            ["RabbitMq__Port"] = broker.Port.ToString(CultureInfo.InvariantCulture),
            ["RabbitMq__VirtualHost"] = virtualHost,
            ["RabbitMq__Username"] = broker.Username,
            ["RabbitMq__Password"] = broker.Password,

            ["Segware__BaseUrl"] = simulator.Url.ToString(),
            ["Segware__BearerToken"] = simulator.Options.Token,
            ["Segware__Patience__Timeout"] = "00:00:04",
            ["Segware__Patience__BreakFor"] = "00:00:03",
            ["Fetcher__PollInterval"] = "00:00:02",
            ["Fetcher__SliceLength"] = "00:00:30",
            ["Fetcher__FirstLookBack"] = "00:01:00",
            ["Fetcher__Overlap"] = "00:00:20",
            ["Fetcher__OccurrencesLookBack"] = "00:03:00",
            ["Fetcher__OccurrencesPatience"] = "00:00:03",

            ["Evaluator__KeepEvents"] = "1.00:00:00", // for the recount
            [RuleName] = Names[0],
            ["Evaluator__Rules__0__Window"] = Plan.Window.ToString(),
            ["Evaluator__Rules__0__Threshold"] = Plan.Threshold.ToString(CultureInfo.InvariantCulture),

            ["Evaluator__Rules__1__Name"] = NewsPlan.SilentRule,
            ["Evaluator__Rules__1__Kind"] = RuleKind.Absence,
            ["Evaluator__Rules__1__Source"] = NewsPlan.Agents,
            ["Evaluator__Rules__1__GroupBy"] = "check",
            ["Evaluator__Rules__1__After"] = NewsPlan.SilentAfter.ToString(),
            ["Evaluator__Rules__2__Name"] = NewsPlan.HotRule,
            ["Evaluator__Rules__2__Kind"] = RuleKind.Threshold,
            ["Evaluator__Rules__2__Source"] = NewsPlan.Metrics,
            ["Evaluator__Rules__2__GroupBy"] = "host",
            ["Evaluator__Rules__2__Limit"] = NewsPlan.Limit.ToString(CultureInfo.InvariantCulture),
            ["Evaluator__Rules__2__RecoveryLimit"] = NewsPlan.RecoveryLimit.ToString(CultureInfo.InvariantCulture),
            ["Evaluator__Rules__3__Name"] = NewsPlan.ReportedRule,
            ["Evaluator__Rules__3__Kind"] = RuleKind.External,
            ["Evaluator__Rules__3__Source"] = NewsPlan.Monitoring,
            ["Evaluator__Rules__3__GroupBy"] = "host",
            ["Evaluator__Rules__4__Name"] = NewsPlan.ToldRule,
            ["Evaluator__Rules__4__Kind"] = RuleKind.External,
            ["Evaluator__Rules__4__Source"] = NewsPlan.Cloud,
            ["Evaluator__Rules__4__GroupBy"] = "host",

            ["ChatPro__BaseUrl"] = simulator.Url.ToString(),
            ["ChatPro__InstanceId"] = "instance",
            ["ChatPro__Token"] = simulator.Options.ChatProToken,
            ["ChatPro__Patience__Timeout"] = "00:00:04",
            ["ChatPro__Patience__BreakFor"] = "00:00:03",
            ["Notifier__Deliveries__RetryFrom"] = "00:00:01",
            ["Notifier__Deliveries__RetryTo"] = "00:00:05",
            ["Notifier__Deliveries__SweepEvery"] = "00:00:05",
            ["Notifier__Deliveries__OverdueAfter"] = "00:00:15",
            ["Notifier__Channels__SegwareAlarmEvent__OnClear"] = "true",

            ["Notifier__Receivers__0__Name"] = "people",
            ["Notifier__Receivers__0__Integrations__0__Name"] = "whatsapp",
            ["Notifier__Receivers__0__Integrations__0__Type"] = "whatsapp",
            ["Notifier__Receivers__0__Integrations__0__ChatPro__Recipient"] = "120363000000000000@g.us",
            ["Notifier__Receivers__0__Integrations__1__Name"] = "segware-alarm-event",
            ["Notifier__Receivers__0__Integrations__1__Type"] = "segware-alarm-event",
            ["Notifier__Receivers__1__Name"] = Duty,
            ["Notifier__Receivers__1__Integrations__0__Name"] = Duty,
            ["Notifier__Receivers__1__Integrations__0__Type"] = "webhook",
            ["Notifier__Receivers__1__Integrations__0__Url"] = new Uri(simulator.Url, $"/webhooks/{Duty}").ToString(),
            ["Notifier__Receivers__1__Integrations__0__Secrets__0"] = WebhookOptions.DefaultKey,
            ["Notifier__Receivers__1__Integrations__0__AllowPrivateAddresses"] = "true",
            ["Notifier__Routes__0__Name"] = "hot",
            ["Notifier__Routes__0__Matchers__0"] = $"rule={NewsPlan.HotRule}",
            ["Notifier__Routes__0__Escalation"] = "chain",
            ["Notifier__Escalations__0__Name"] = "chain",
            ["Notifier__Escalations__0__Steps__0__After"] = EscalatedAfter.ToString(),
            ["Notifier__Escalations__0__Steps__0__Receiver"] = Duty,
        };
        foreach (var (number, source, kind) in ((int, string, string)[])[(0, NewsPlan.Agents, "beats"), (1, NewsPlan.Metrics, "metrics"),
            (2, NewsPlan.Monitoring, "alertmanager"), (3, NewsPlan.Cloud, "gcp")])
        {
            settings[$"Gateway__Integrations__{number}__Name"] = source;
            settings[$"Gateway__Integrations__{number}__Kind"] = kind;
            settings[$"Gateway__Integrations__{number}__Key"] = NewsPlan.Key(source);
        }
        foreach (var kind in (string[])["Threshold", "Absence", "External"])
            foreach (var (text, said) in ((string, string)[])[("Raised", "R"), ("Cleared", "C"), ("RaisedAndCleared", "B"), ("RuleEnded", "C")])
                settings[$"Notifier__Texts__{kind}__{text}Text"] = settings[$"Notifier__Texts__{kind}__Digest{text}Line"] = $"{said} {{alertId}}";
        foreach (var channel in (string[])["WhatsApp", "SegwareAlarmEvent"])
        {
            settings[$"Notifier__Channels__{channel}__RaisedText"] = "R {alertId}";
            settings[$"Notifier__Channels__{channel}__ClearedText"] = "C {alertId}";
            settings[$"Notifier__Channels__{channel}__RaisedAndClearedText"] = "B {alertId}";
            settings[$"Notifier__Channels__{channel}__RuleEndedText"] = "C {alertId}";
            settings[$"Notifier__Channels__{channel}__RaisedAndRuleEndedText"] = "B {alertId}";
        }
        settings["Notifier__Channels__WhatsApp__Digest__RaisedLine"] = "R {alertId}";
        settings["Notifier__Channels__WhatsApp__Digest__ClearedLine"] = "C {alertId}";
        settings["Notifier__Channels__WhatsApp__Digest__RaisedAndClearedLine"] = "B {alertId}";
        settings["Notifier__Channels__WhatsApp__Digest__RuleEndedLine"] = "C {alertId}";
        settings["Notifier__Channels__WhatsApp__Digest__RaisedAndRuleEndedLine"] = "B {alertId}";
        return settings;
    }
}
