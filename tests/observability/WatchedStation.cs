using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Sigma.Simulator;
using Sigma.Simulator.Scenarios;
using Sigma.TestServers;
using Sigma.TestServers.Processes;

namespace Sigma.ObservabilityTests;

/// <summary>
/// The three services as processes on a real broker and a real database, the demonstration's traffic (made shorter), one message that no consumer can
/// digest, and a real Prometheus that scrapes all of it as the one of docker-compose.yml does.
/// </summary>
public sealed partial class WatchedStation : IAsyncLifetime
{
    static readonly string[] Services = ["fetcher", "evaluator", "notifier"];

    readonly List<IAsyncDisposable> _running = [];
    readonly string _virtualHost = "test-" + Guid.NewGuid().ToString("N")[..12],
        _logs = Directory.CreateTempSubdirectory("sigma-observability-").FullName;
    readonly Dictionary<string, Uri> _urls = [];
    long _ready;

    /// <summary>Where a service answers.</summary>
    public Uri this[string service] => _urls[service];

    /// <summary>It has the rules of the repository, but does not wait before it says that something is wrong.</summary>
    public PrometheusServer Prometheus { get; private set; } = null!;

    /// <summary>
    /// How long something may take to show: two minutes after everything was there, so that many queries without data do not take many times as long.
    /// </summary>
    public TimeSpan TimeLeft =>
        TimeSpan.FromMinutes(2) - Stopwatch.GetElapsedTime(_ready) is var left && left > TimeSpan.FromSeconds(15) ? left : TimeSpan.FromSeconds(15);

    public async Task InitializeAsync()
    {
        if (!PrometheusServer.IsInstalled)
            return;
        var broker = Run(await RabbitMqServer.Get());
        var database = Run(await DatabaseServer.Get());
        await broker.CreateVirtualHost(_virtualHost);
        var simulator = Run(await SimulatorApp.Start(new SimulatorOptions { CustomScenario = Demo }));
        var settings = Settings(broker, await database.CreateDatabase(), simulator);
        var services =
            Services.Reverse()
                .Select(name => Run(ServiceProcess.Start(name, $"Sigma.{char.ToUpperInvariant(name[0])}{name[1..]}.dll", settings, _logs))).ToList();
        foreach (var service in services)
            _urls[service.Name] = service.Url;
        Prometheus = Run(await PrometheusServer.Start(new Dictionary<string, string>
        {
            ["prometheus.yml"] = ScrapeConfig(broker),
            ["rules.yml"] = Hesitation().Replace(ProjectFile.Read("observability/prometheus/rules.yml"), "for: 0s"),
        }));
        foreach (var service in services)
            await service.Ready(CancellationToken.None);
        await Poison(broker);
        _ready = Stopwatch.GetTimestamp();
    }

    public async Task DisposeAsync()
    {
        foreach (var running in _running.AsEnumerable().Reverse())
            await running.DisposeAsync();
        Directory.Delete(_logs, recursive: true);
    }

    // As in .env.demo: quiet traffic, and bursts of 25 events of a key that end; every few seconds here.
    static Scenario Demo => new()
    {
        Name = "demo",
        Streams =
        [
            new EventStream
                { PerMinute = 60, Keys = 300, StartsAfter = TimeSpan.FromSeconds(-20), OccurrenceShare = 0.3, ExcusedShare = 0.5,
                    ClosedAfter = TimeSpan.FromSeconds(1) },
            new EventStream
                { EventsPerKey = 25, Cuc = "ALR", Code = "E130", Lasts = TimeSpan.FromSeconds(3), RepeatEvery = TimeSpan.FromSeconds(20) },
            new EventStream
                { EventsPerKey = 25, Cuc = "BEM", Code = "E301", Lasts = TimeSpan.FromSeconds(3), RepeatEvery = TimeSpan.FromSeconds(20),
                    StartsAfter = TimeSpan.FromSeconds(10) },
        ],
    };

    Dictionary<string, string> Settings(RabbitMqServer broker, string connectionString, SimulatorApp simulator) => new()
    {
        ["Storage__Provider"] = "MySql",
        ["Storage__ConnectionString"] = connectionString,
        ["RabbitMq__Host"] = broker.Host,
        ["RabbitMq__Port"] = broker.Port.ToString(CultureInfo.InvariantCulture),
        ["RabbitMq__VirtualHost"] = _virtualHost,
        ["RabbitMq__Username"] = broker.Username,
        ["RabbitMq__Password"] = broker.Password,
        ["Segware__BaseUrl"] = simulator.Url.ToString(),
        ["Segware__BearerToken"] = simulator.Options.Token,
        ["ChatPro__BaseUrl"] = simulator.Url.ToString(),
        ["ChatPro__InstanceId"] = "instance",
        ["ChatPro__Recipient"] = "120363000000000000@g.us",
        ["ChatPro__Token"] = simulator.Options.ChatProToken,
        ["Fetcher__PollInterval"] = "00:00:01",
        ["Fetcher__Overlap"] = "00:00:03",
        ["Fetcher__FirstLookBack"] = "00:00:30",
        ["Fetcher__OccurrencesLookBack"] = "00:00:30",
        ["Evaluator__Rules__0__Name"] = "excess-of-events",
        ["Evaluator__Rules__0__Window"] = "00:00:06",
        ["Evaluator__Rules__0__Threshold"] = "20",
        ["Notifier__Blindness__CheckEvery"] = "00:00:01",
        ["Notifier__Channels__WhatsApp__MessageEvery"] = "00:00:01",
    };

    string ScrapeConfig(RabbitMqServer broker)
    {
        var jobs = string.Join("\n",
            Services.Select(name => $$"""- { job_name: {{name}}, static_configs: [{ targets: ["{{_urls[name].Authority}}"] }] }"""));
        return
            $$"""
              global: { scrape_interval: 2s, evaluation_interval: 2s }
              rule_files: [rules.yml]
              scrape_configs:
              {{jobs}}
              - job_name: rabbitmq
                metrics_path: /metrics/detailed
                params: { family: [queue_coarse_metrics, queue_consumer_count], vhost: ["{{_virtualHost}}"] }
                static_configs: [{ targets: ["{{broker.MetricsUrl.Authority}}"] }]
              """;
    }

    // A batch without its list of events, through the broker's page.
    async Task Poison(RabbitMqServer broker)
    {
        using var http = new HttpClient { BaseAddress = broker.ManagementUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{broker.Username}:{broker.Password}")));
        var envelope = JsonSerializer.Serialize(new
        {
            messageId = Guid.NewGuid(), messageType = new[] { "urn:message:Sigma.Contracts:EventBatch" },
            message = new { batchId = Guid.NewGuid(), source = "segware" },
        });
        using var answer = await http.PostAsJsonAsync($"/api/exchanges/{_virtualHost}/Sigma.Contracts:EventBatch/publish", new
        {
            routing_key = "", payload = envelope, payload_encoding = "string",
            properties = new { content_type = "application/vnd.masstransit+json", delivery_mode = 2 },
        });
        Assert.Contains("\"routed\":true", await answer.Content.ReadAsStringAsync());
    }

    T Run<T>(T running) where T : IAsyncDisposable
    {
        _running.Add(running);
        return running;
    }

    [GeneratedRegex(@"\bfor: \d+m\b")]
    private static partial Regex Hesitation();
}
