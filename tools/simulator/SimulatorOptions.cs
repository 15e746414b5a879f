using Sigma.Simulator.ChatPro;
using Sigma.Simulator.Mail;
using Sigma.Simulator.PagerDuty;
using Sigma.Simulator.Prefect;
using Sigma.Simulator.Scenarios;
using Sigma.Simulator.Segware;
using Sigma.Simulator.Slack;
using Sigma.Simulator.Teams;
using Sigma.Simulator.Telegram;
using Sigma.Simulator.Twilio;
using Sigma.Simulator.Webhooks;

namespace Sigma.Simulator;

/// <summary>What the simulator pretends to be. Section <c>Simulator</c> of the configuration when it runs as a process.</summary>
public sealed class SimulatorOptions
{
    /// <summary>The configuration section these are bound from.</summary>
    public const string Section = "Simulator";

    /// <summary>The named scenario: none, steady, burst, storm, excused, late or demo. Default: none.</summary>
    public string Scenario { get; set; } = NamedScenarios.None;

    /// <summary>A JSON file with a scenario of one's own; wins over <see cref="Scenario"/>.</summary>
    public string? ScenarioFile { get; set; }

    /// <summary>A scenario made in code; wins over both others.</summary>
    public Scenario? CustomScenario { get; set; }

    /// <summary>Events a minute of a named scenario's steady traffic. Default: the scenario's own.</summary>
    public double? Rate { get; set; }

    /// <summary>Events per key of a named scenario's bursts. Default: the scenario's own.</summary>
    public int? BurstSize { get; set; }

    /// <summary>Keys of a named scenario. Default: the scenario's own.</summary>
    public int? Keys { get; set; }

    /// <summary>The same seed and the same start give the same events, accounts and fault draws. Default: 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>How many times faster the process's clock runs. Embedded, the given <see cref="TimeProvider"/> decides instead. Default: 1.</summary>
    public double TimeScale { get; set; } = 1;

    /// <summary>The loopback port of an embedded simulator; 0 takes a free one. Default: 0.</summary>
    public int Port { get; set; }

    /// <summary>The bearer token Segware accepts.</summary>
    public string Token { get; set; } = "segware-token";

    /// <summary>The raw token ChatPro accepts.</summary>
    public string ChatProToken { get; set; } = "chatpro-token";

    /// <summary>The only ChatPro instance there is; null accepts any. Default: null.</summary>
    public string? ChatProInstanceId { get; set; }

    /// <summary>The user whose closed occurrences are excused. Default: 52583.</summary>
    public long SystemUserId { get; set; } = 52583;

    /// <summary>More events than this in one answer are registers_over_limit. Default: 30,000.</summary>
    public int EventLimit { get; set; } = 30_000;

    /// <summary>More occurrences than this in one answer are registers_over_limit. Default: 30,000.</summary>
    public int OccurrenceLimit { get; set; } = 30_000;

    /// <summary>Faults from the start, as text: <c>/v1/events status=503 count=3; */send_message hang</c>.</summary>
    public string? Fault { get; set; }

    /// <summary>Segware's unknowns, each a switch.</summary>
    public SegwareSwitches Segware { get; set; } = new();

    /// <summary>ChatPro's unknowns, each a switch.</summary>
    public ChatProSwitches ChatPro { get; set; } = new();

    /// <summary>Slack's incoming webhooks.</summary>
    public SlackOptions Slack { get; set; } = new();

    /// <summary>PagerDuty's Events API v2.</summary>
    public PagerDutyOptions PagerDuty { get; set; } = new();

    /// <summary>A bot of Telegram.</summary>
    public TelegramOptions Telegram { get; set; } = new();

    /// <summary>Workflows of Microsoft Teams.</summary>
    public TeamsOptions Teams { get; set; } = new();

    /// <summary>A Twilio account.</summary>
    public TwilioOptions Twilio { get; set; } = new();

    /// <summary>A Prefect server.</summary>
    public PrefectOptions Prefect { get; set; } = new();

    /// <summary>The receiver of Standard Webhooks.</summary>
    public WebhookOptions Webhooks { get; set; } = new();

    /// <summary>A mail server.</summary>
    public MailOptions Mail { get; set; } = new();
}
