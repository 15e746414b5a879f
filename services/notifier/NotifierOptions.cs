using System.ComponentModel.DataAnnotations;
using Sigma.Notifier.Accounts;
using Sigma.Notifier.Channels;
using Sigma.Notifier.Channels.SegwareAlarmEvent;
using Sigma.Notifier.Channels.WhatsApp;
using Sigma.Notifier.Deliveries;
using Sigma.Notifier.Drills;
using Sigma.Notifier.Escalation;
using Sigma.Notifier.Inhibition;
using Sigma.Notifier.Receivers;
using Sigma.Notifier.Retention;
using Sigma.Notifier.Routing;
using Sigma.Notifier.SelfMonitoring;
using Sigma.Notifier.Silences;
using Sigma.Notifier.Texts;

namespace Sigma.Notifier;

/// <summary>Section <c>Notifier</c>.</summary>
public sealed class NotifierOptions
{
    /// <summary>Zone in which people read times.</summary>
    [Required, TimeZoneName]
    public string TimeZone { get; set; } = LocalTime.DefaultZone;

    /// <summary>Longer trade names are cut in messages; the register keeps them whole.</summary>
    [Range(8, 255)]
    public int NameLength { get; set; } = 40;

    /// <summary>How names of accounts are found.</summary>
    public AccountOptions Accounts { get; set; } = new();

    /// <summary>How long and how often a delivery is tried.</summary>
    public DeliveryOptions Deliveries { get; set; } = new();

    /// <summary>When a warning is sent that a source is not watched.</summary>
    public SelfMonitoringOptions Blindness { get; set; } = new();

    /// <summary>What is said of a drill.</summary>
    public DrillOptions Drill { get; set; } = new();

    /// <summary>What is said of alerts that count nothing.</summary>
    public TextOptions Texts { get; set; } = new();

    /// <summary>Who is told of alerts; without any there is one, with the channels below.</summary>
    public IList<ReceiverOptions> Receivers { get; set; } = [];

    /// <summary>Which alerts go to which receiver; what fits none goes to the first receiver.</summary>
    public IList<AlertRouteOptions> Routes { get; set; } = [];

    /// <summary>Which alerts are not told for a while, besides those that people silence.</summary>
    public IList<SilenceOptions> Silences { get; set; } = [];

    /// <summary>When which alerts wait, again and again.</summary>
    public IList<MaintenanceOptions> Maintenance { get; set; } = [];

    /// <summary>Which alerts hold back which others.</summary>
    public IList<InhibitionOptions> Inhibitions { get; set; } = [];

    /// <summary>Who else is told of alerts that nobody takes on; routes name one.</summary>
    public IList<EscalationOptions> Escalations { get; set; } = [];

    /// <summary>The channels of those who set no receiver; and what an integration of the type does not set itself.</summary>
    public ChannelsOptions Channels { get; set; } = new();

    /// <summary>How long rows are kept.</summary>
    public RetentionOptions Retention { get; set; } = new();
}

/// <summary>Section <c>Notifier:Channels</c>.</summary>
public sealed class ChannelsOptions
{
    /// <summary>WhatsApp through ChatPro.</summary>
    public WhatsAppOptions WhatsApp { get; set; } = new();

    /// <summary>An event put into Segware.</summary>
    public SegwareAlarmEventOptions SegwareAlarmEvent { get; set; } = new();
}
