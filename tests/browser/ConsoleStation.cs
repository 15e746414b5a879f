using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using Sigma.Archive;
using Sigma.Contracts;
using Sigma.Gateway;
using Sigma.Evaluator;
using Sigma.IntegrationTests.Stations;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Access;
using Sigma.OperatorConsole.Access.Tokens;
using Sigma.TestServers;
using Sigma.TestServers.Processes;

namespace Sigma.BrowserTests;

/// <summary>A station with all services on a real broker and a real database, its console, and people who look at it.</summary>
internal sealed class ConsoleStation : IAsyncDisposable
{
    public const string Administrator = "admin", Password = "correct horse battery staple";
    const string Key = "a key of the internal API";

    readonly List<IBrowserContext> _screens = [];
    readonly DirectoryInfo _archiveFolder = Directory.CreateTempSubdirectory("sigma-archive-");
    readonly Dictionary<(string Name, string Language), string> _cookies = [];
    int _batches;

    ConsoleStation(Station station) => Station = station;

    public Station Station { get; }

    public WebApplication Evaluator { get; private set; } = null!;

    public WebApplication Notifier { get; private set; } = null!;

    public WebApplication Console { get; private set; } = null!;

    public WebApplication Gateway { get; private set; } = null!;

    /// <summary>Where people find the console: the balancer before several, where there is one.</summary>
    public Uri Address => Balancer ?? new(Console.Urls.First());

    /// <summary>What stands before the consoles; null while people go to the one of this process.</summary>
    public Uri? Balancer { get; set; }

    public static Task<ConsoleStation> Start(ITestOutputHelper output, params (string Key, string Value)[] settings) =>
        Start(output, null, null, settings);

    /// <summary>The same, with servers of its own, which a test ends and starts anew.</summary>
    public static async Task<ConsoleStation> Start(ITestOutputHelper output, RabbitMqServer? broker, DatabaseServer? database,
        params (string Key, string Value)[] settings)
    {
        var station = await Station.Create(output, broker, database);
        station.WithoutFaults("what is looked at is the page");
        await station.StartSimulator();
        station.Settings["Api:Key"] = Key;
        station.Settings["Console:AdministratorPassword"] = Password;
        foreach (var (key, value) in settings)
            station.Settings[key] = value;
        ConsoleStation started = new(station);
        started.Notifier = await station.StartNotifier();
        started.Evaluator = await station.StartEvaluator();
        var fetcher = await station.StartFetcher();
        station.Settings["Console:Notifier"] = started.Notifier.Urls.First();
        station.Settings["Console:Evaluator"] = started.Evaluator.Urls.First();
        station.Settings["Archive:Folder"] = started._archiveFolder.FullName;
        var archive = await station.Start("archive", service => service.AddArchive());
        foreach (var (number, kind) in ((string[])["logs", "metrics", "beats"]).Index())
            foreach (var (key, value) in ((string, string)[])[("Name", kind), ("Kind", kind), ("Key", KeyOf(kind))])
                station.Settings[$"Gateway:Integrations:{number}:{key}"] = value;
        started.Gateway = await station.Start("gateway", service => service.AddGateway());
        station.Settings["Console:Archive"] = archive.Urls.First();
        station.Settings["Console:Gateway"] = started.Gateway.Urls.First();
        station.Settings["Console:Fetcher"] = fetcher.Service.Urls.First();
        started.Console = await station.Start("console", service => service.AddConsole());
        return started;
    }

    public Task StopEvaluator() => Station.Stop(Evaluator);

    /// <summary>At the address that it had.</summary>
    public async Task StartEvaluator(Uri address) =>
        Evaluator = await Station.Start("evaluator", service => service.AddEvaluator(), address);

    /// <summary>The key of an integration that the settings have.</summary>
    public static string KeyOf(string integration) => $"the-key-of-{integration}-in-tests";

    public Task StopConsole() => Station.Stop(Console);

    /// <summary>A console as a process of its own, beside others on the same servers; returns once it is ready.</summary>
    public async Task<ServiceProcess> StartConsoleProcess(string name, string logFolder)
    {
        var settings = Station.Settings.Where(setting => setting.Key is not ("LOG_FORMAT" or "RabbitMq:LeaveAfter"))
            .ToDictionary(setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value!);
        var console = ServiceProcess.Start(name, "Sigma.Console.dll", settings, logFolder);
        await console.Ready(CancellationToken.None);
        return console;
    }

    /// <summary>A token by which a program may do all.</summary>
    public async Task<string> Token() => (await Console.Services.GetRequiredService<TokenBook>().Add("tests", Role.Administrator, LabelLimits.None,
        Station.Clock.GetUtcNow().AddDays(1), new("tests", Role.Administrator, LabelLimits.None), CancellationToken.None)).Secret;

    /// <summary>At the address that it had.</summary>
    public async Task StartConsole(Uri address) =>
        Console = await Station.Start("console", service => service.AddConsole(), address);

    /// <summary>A screen of its own: cookies and all.</summary>
    public Task<IPage> Screen(string language = "en-US", int width = 1280, int height = 800) => Screen(language, width, height, cookies: null);

    /// <summary>The same, with somebody signed in: by the page once, then with its cookies, as sign-ins are limited.</summary>
    public async Task<IPage> SignedIn(string name = Administrator, string password = Password, string language = "en-US", int width = 1280,
        int height = 800)
    {
        var page = await Screen(language, width, height, _cookies.GetValueOrDefault((name, language)));
        await page.GotoAsync("/");
        if (!IsSignIn(page.Url))
            return page;
        await page.FillAsync("input[autocomplete=username]", name);
        await page.FillAsync("input[type=password]", password);
        await page.ClickAsync("main button[type=submit], main button.primary");
        await page.WaitForURLAsync(url => !IsSignIn(url));
        _cookies[(name, language)] = await page.Context.StorageStateAsync();
        return page;

        static bool IsSignIn(string url) => url.Contains("sign-in", StringComparison.Ordinal);
    }

    async Task<IPage> Screen(string language, int width, int height, string? cookies)
    {
        var browser = await Chromium.Browser;
        var context = await browser.NewContextAsync(new()
        {
            BaseURL = Address.ToString(), Locale = language, ViewportSize = new() { Width = width, Height = height }, StorageState = cookies,
        });
        context.SetDefaultTimeout(30_000);
        _screens.Add(context);
        return await context.NewPageAsync();
    }

    /// <summary>Events as a fetcher would bring them, as many as the default rule's threshold: the evaluator raises an alert.</summary>
    public async Task Excess(string account, string code = "E130", int events = 20)
    {
        var now = Station.Clock.GetUtcNow();
        var number = ++_batches;
        await Bus.Publish(new EventBatch
        {
            BatchId = Guid.NewGuid(), Source = "segware", SliceFrom = now.AddSeconds(-60 - number), SliceTo = now.AddSeconds(-59 - number), Part = 1,
            Parts = 1,
            Events = [.. Enumerable.Range(0, events).Select(i => new MonitoredEvent
            {
                EventId = $"{account}-{code}-{number}-{i}", OccurredAt = now.AddSeconds(-60 - number).AddMilliseconds(i),
                Labels = new Dictionary<string, string> { ["account"] = account, ["cuc"] = "ALR", ["code"] = code },
            })],
        });
    }

    /// <summary>Days that are over: each with bursts of events of some accounts, and covered without a gap. Returns when all are counted.</summary>
    public async Task Past(int days)
    {
        var end = Station.Clock.GetUtcNow().AddMinutes(-100); // from there on the fetcher has covered it
        var expected = await Station.Count("select count(*) from evaluator_events");
        for (var day = days; day > 0; day--)
        {
            List<MonitoredEvent> events = [];
            for (var account = 1; account <= 1 + day * 7 % 5; account++)
                for (var i = 0; i < 21 + day * 5 % 12; i++)
                    events.Add(new()
                    {
                        EventId = $"past-{day}-{account}-{i}", OccurredAt = end.AddDays(-day).AddHours(4 * account).AddMinutes(i),
                        Labels = new Dictionary<string, string> { ["account"] = $"{account}", ["cuc"] = "ALR", ["code"] = "E130" },
                    });
            expected += events.Count;
            await Bus.Publish(new EventBatch
            {
                BatchId = Guid.NewGuid(), Source = "segware", SliceFrom = end.AddDays(-day), SliceTo = end.AddDays(1 - day), Part = 1, Parts = 1,
                Events = events,
            });
        }
        await Await.Until(() => Station.Count("select count(*) from evaluator_events"), count => count == expected, "the past is counted");
    }

    /// <summary>Alerts that no evaluator knows, straight to those who show them.</summary>
    public Task Raise(IEnumerable<AlertRaised> alerts) => Bus.PublishBatch(alerts);

    public async ValueTask DisposeAsync()
    {
        foreach (var screen in _screens)
            await screen.CloseAsync();
        await Station.DisposeAsync();
        _archiveFolder.Delete(recursive: true);
    }

    IBus Bus => Evaluator.Services.GetRequiredService<IBus>();
}
