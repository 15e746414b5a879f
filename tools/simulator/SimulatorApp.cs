using Sigma.Simulator.ChatPro;
using Sigma.Simulator.Faults;
using Sigma.Simulator.Mail;
using Sigma.Simulator.Outages;
using Sigma.Simulator.PagerDuty;
using Sigma.Simulator.Prefect;
using Sigma.Simulator.Probed;
using Sigma.Simulator.Received;
using Sigma.Simulator.Scenarios;
using Sigma.Simulator.Segware;
using Sigma.Simulator.Slack;
using Sigma.Simulator.Teams;
using Sigma.Simulator.Telegram;
using Sigma.Simulator.Twilio;
using Sigma.Simulator.Webhooks;

namespace Sigma.Simulator;

/// <summary>Segware, ChatPro and the other vendors as one web app on loopback, inside another process.</summary>
/// <example><c>await using var sim = await SimulatorApp.Start(new SimulatorOptions { EventLimit = 100 }, clock, ct);</c></example>
public sealed class SimulatorApp : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ScenarioPlayer _player;

    private SimulatorApp(WebApplication app)
    {
        _app = app;
        _player = app.Services.GetRequiredService<ScenarioPlayer>();
        Options = app.Services.GetRequiredService<SimulatorOptions>();
        Url = new Uri(app.Urls.First());
        Segware = app.Services.GetRequiredService<SegwareStore>();
        ChatPro = app.Services.GetRequiredService<ChatProPhone>();
        Slack = app.Services.GetRequiredService<SlackWorkspace>();
        PagerDuty = app.Services.GetRequiredService<PagerDutyAccount>();
        Telegram = app.Services.GetRequiredService<TelegramBot>();
        Teams = app.Services.GetRequiredService<TeamsWorkflows>();
        Twilio = app.Services.GetRequiredService<TwilioAccount>();
        Prefect = app.Services.GetRequiredService<PrefectServer>();
        Webhooks = app.Services.GetRequiredService<WebhookReceiver>();
        Outages = app.Services.GetRequiredService<OutageBoard>();
        Probed = app.Services.GetRequiredService<ProbedSite>();
        Mail = app.Services.GetRequiredService<MailHost>();
        Faults = app.Services.GetRequiredService<FaultBoard>();
        Received = app.Services.GetRequiredService<ReceivedLog>();
    }

    /// <summary>The address of all APIs, and of the page a person reads.</summary>
    public Uri Url { get; }

    /// <summary>Tokens, limits and switches; all but scenario, seed and port may change while it runs.</summary>
    public SimulatorOptions Options { get; }

    /// <summary>What Segware holds: events, occurrences, accounts. Add to it at any time.</summary>
    public SegwareStore Segware { get; }

    /// <summary>The WhatsApp side: connected or not, which numbers do not exist.</summary>
    public ChatProPhone ChatPro { get; }

    /// <summary>Takes Slack's messages at <c>/services/{team}/{bot}/{secret}</c>.</summary>
    public SlackWorkspace Slack { get; }

    /// <summary>Takes PagerDuty's events at <c>/v2/enqueue</c>, and knows which alerts are open.</summary>
    public PagerDutyAccount PagerDuty { get; }

    /// <summary>Sends Telegram's messages for <c>/bot{token}/sendMessage</c>.</summary>
    public TelegramBot Telegram { get; }

    /// <summary>Takes Teams' messages at <c>/workflows/{id}/triggers/manual/paths/invoke?sig=…</c>.</summary>
    public TeamsWorkflows Teams { get; }

    /// <summary>Sends Twilio's messages for <c>/2010-04-01/Accounts/{sid}/Messages.json</c>.</summary>
    public TwilioAccount Twilio { get; }

    /// <summary>Runs Prefect's flows for <c>/api/deployments/{id}/create_flow_run</c>.</summary>
    public PrefectServer Prefect { get; }

    /// <summary>Receives Standard Webhooks at <c>/webhooks/{endpoint}</c>.</summary>
    public WebhookReceiver Webhooks { get; }

    /// <summary>Providers' feeds of outages at <c>/feeds/{kind}</c>.</summary>
    public OutageBoard Outages { get; }

    /// <summary>What probes look at, below <c>/probed</c>.</summary>
    public ProbedSite Probed { get; }

    /// <summary>Takes mail by SMTP at a port of its own.</summary>
    public MailHost Mail { get; }

    /// <summary>What goes wrong, and for how long.</summary>
    public FaultBoard Faults { get; }

    /// <summary>What was posted and asked.</summary>
    public ReceivedLog Received { get; }

    /// <summary>Starts listening on loopback; returns once requests are answered.</summary>
    /// <exception cref="SimulatorSettingsException">A setting is wrong; the message names it.</exception>
    public static async Task<SimulatorApp> Start(
        SimulatorOptions? options = null, TimeProvider? timeProvider = null, CancellationToken cancellationToken = default)
    {
        options ??= new SimulatorOptions();

        // An empty builder: the environment and the files of the process around it are none of the simulator's business.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddRouting();
        builder.AddSimulator(options, timeProvider ?? TimeProvider.System);

        var app = builder.Build();
        app.Urls.Add($"http://127.0.0.1:{options.Port}");
        app.MapSimulator();
        try
        {
            await app.StartAsync(cancellationToken);
            return new SimulatorApp(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>The raw events there are from <paramref name="from"/> to <paramref name="to"/>, both included, the late ones too.</summary>
    public IReadOnlyList<SegwareEvent> Offered(DateTimeOffset from, DateTimeOffset to)
    {
        _player.CatchUp();
        return Segware.EventsBetween(from, to);
    }

    /// <summary>Forgets everything received, added and broken, and starts the scenario again from now.</summary>
    public void Reset() => _app.Services.GetRequiredService<SimulatorReset>().Run();

    /// <summary>Stops listening; requests that hang are let go.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
