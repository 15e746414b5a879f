using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Sigma.Archive;
using Sigma.Evaluator;
using Sigma.Fetcher;
using Sigma.Gateway;
using Sigma.Notifier;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Access;

namespace Sigma.ServiceTests.Console.Operations;

/// <summary>What the services say of their settings: to administrators, by the console, and nothing that is secret.</summary>
public sealed class Settings_of_every_service : IAsyncLifetime
{
    const string Secret = "s3cr3t";

    // Each has the word in it: what is looked for in all that is said.
    static readonly (string Key, string Value)[] Secrets =
    [
        ("Segware:BearerToken", $"{Secret}-of-segware"), ("ChatPro:Token", $"{Secret}-of-chatpro"), ("RabbitMq:Password", $"{Secret}-of-the-broker"),
        ("Fetcher:Probes:Checks:0:Parameters:Authorization", $"Bearer {Secret}"),
        ("Fetcher:Probes:Checks:0:Parameters:Address", $"https://127.0.0.1:9/{Secret}?code={Secret}"),
        ("Fetcher:Probes:Checks:1:Parameters:ConnectionString", $"mysql://reader:{Secret}@127.0.0.1:9/orders"),
        ("Fetcher:Prefect:0:AuthString", $"reader:{Secret}"),
        ("Notifier:Receivers:0:Integrations:0:Url", $"https://hooks.example.org/{Secret}/{Secret}"),
        ("Notifier:Receivers:0:Integrations:0:Secrets:0", $"whsec_{new string('A', 38)}{Secret}"),
        ("Notifier:Receivers:0:Integrations:1:Token", $"xoxb-{Secret}"), ("Notifier:Receivers:0:Integrations:2:Password", $"{Secret} of the mail"),
        ("Gateway:Integrations:0:Key", $"{Secret}-of-the-shop"), ("Gateway:Integrations:0:FormerKey", $"{Secret}-of-the-shop-before"),
        ("Gateway:Replies:SlackSigningSecret", $"{Secret}-of-slack-to-sign-by"), ("Gateway:Replies:ChatProKey", $"{Secret}-of-a-webhook"),
        ("Archive:Samples:Authorization", $"Bearer {Secret}"),
    ];

    static readonly (string Key, string Value)[] Others =
    [
        ("Segware:BaseUrl", "http://127.0.0.1:9"), ("Segware:Patience:Retries", "0"), ("ChatPro:BaseUrl", "http://127.0.0.1:9"),
        ("ChatPro:InstanceId", "chatpro-1"), ("ChatPro:Recipient", "120363041234567890@g.us"), ("Fetcher:PollInterval", "1.00:00:00"),
        ("Fetcher:Probes:Checks:0:Name", "shop"), ("Fetcher:Probes:Checks:0:Probe", "http"), ("Fetcher:Probes:Checks:0:Every", "1.00:00:00"),
        ("Fetcher:Probes:Checks:1:Name", "orders"), ("Fetcher:Probes:Checks:1:Probe", "sql"), ("Fetcher:Probes:Checks:1:Every", "1.00:00:00"),
        ("Fetcher:Probes:Checks:1:Parameters:Query", "select 1"), ("Fetcher:Prefect:0:Name", "flows"),
        ("Fetcher:Prefect:0:BaseUrl", "http://127.0.0.1:9/api"), ("Notifier:Receivers:0:Name", "all"),
        ("Notifier:Receivers:0:Integrations:0:Name", "board"), ("Notifier:Receivers:0:Integrations:0:Type", "webhook"),
        ("Notifier:Receivers:0:Integrations:1:Name", "team"), ("Notifier:Receivers:0:Integrations:1:Type", "slack"),
        ("Notifier:Receivers:0:Integrations:1:Channel", "C0123456789"), ("Notifier:Receivers:0:Integrations:2:Name", "mail"),
        ("Notifier:Receivers:0:Integrations:2:Type", "email"), ("Notifier:Receivers:0:Integrations:2:Host", "127.0.0.1"),
        ("Notifier:Receivers:0:Integrations:2:User", "postmaster"), ("Notifier:Receivers:0:Integrations:2:From", "alarms@example.org"),
        ("Notifier:Receivers:0:Integrations:2:To:0", "night-shift@example.org"), ("Gateway:Integrations:0:Name", "shop"),
        ("Gateway:Integrations:0:Kind", "generic"), ("Gateway:Replies:ChatProNumbers", "+5511987654321"),
    ];

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sigma-archive-");
    ConsoleSession _others = null!, _console = null!;

    public async Task InitializeAsync()
    {
        _others = await ConsoleSession.Start(service => service.AddFetcher().AddGateway().AddArchive().AddEvaluator().AddNotifier(),
            [.. Others, .. Secrets, ("Archive:Folder", _folder.FullName)]);
        _console = await ConsoleSession.Start(service => service.AddConsole(),
        [
            .. ((string[])["Evaluator", "Notifier", "Fetcher", "Gateway"]).Select(name => ($"Console:{name}", _others.Url.ToString())),
        ]);
    }

    public async Task DisposeAsync()
    {
        await _console.DisposeAsync();
        await _others.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Say_what_is_set_and_no_secret_whoever_asks()
    {
        using HttpClient program = new() { BaseAddress = _others.Url };
        using var stranger = await program.GetAsync("internal/settings");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", ConsoleSession.Key);
        var ofProcess = await program.GetStringAsync("internal/settings");
        using var administrator = await _console.Program(Role.Administrator);
        var ofAll = await administrator.GetStringAsync("settings");
        var page = await ConsoleSession.Page(await _console.Browser(Role.Administrator), "administration/settings?service=notifier", "en");

        foreach (var said in (string[])[ofProcess, ofAll, page])
        {
            Assert.DoesNotContain(Secret, said, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(ConsoleSession.Key, said, StringComparison.Ordinal);
            Assert.DoesNotContain("Data Source", said, StringComparison.Ordinal);
            Assert.DoesNotContain("120363041234567890", said, StringComparison.Ordinal);
            Assert.DoesNotContain("night-shift@example.org", said, StringComparison.Ordinal);
            Assert.DoesNotContain("+5511987654321", said, StringComparison.Ordinal);
        }
        var settings = JsonSerializer.Deserialize<JsonElement>(ofProcess).GetProperty("sections").EnumerateArray()
            .SelectMany(section => section.GetProperty("settings").EnumerateArray()).ToDictionary(one => one.GetProperty("path").GetString()!);
        Assert.All(Secrets, secret => // it is said that there is one
        {
            if (!secret.Key.StartsWith("RabbitMq", StringComparison.Ordinal))
                Assert.NotEmpty(settings[secret.Key].GetProperty("value").GetString()!);
        });
        Assert.Equal("C0123456789", settings["Notifier:Receivers:0:Integrations:1:Channel"].GetProperty("value").GetString());
        Assert.Equal("https://hooks.example.org/…", settings["Notifier:Receivers:0:Integrations:0:Url"].GetProperty("value").GetString());
        Assert.Contains("Notifier__Receivers__0__Integrations__1__Channel", page, StringComparison.Ordinal);
        Assert.Contains("C0123456789", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Are_of_every_process_and_of_one_that_is_away_it_is_said_why()
    {
        using var administrator = await _console.Program(Role.Administrator);
        var all = (await administrator.GetFromJsonAsync<JsonElement>("settings")).EnumerateArray().ToDictionary(
            one => string.Join(' ', one.GetProperty("services").EnumerateArray().Select(name => name.GetString())));
        Assert.Equal(["archive", "console", "evaluator notifier fetcher gateway"], all.Keys.Order(StringComparer.Ordinal));
        Assert.NotEmpty(all["archive"].GetProperty("problem").GetString()!);
        Assert.Contains("Console", Sections(all["console"]));
        foreach (var section in (string[])["Fetcher", "Gateway", "Archive", "Evaluator", "Notifier", "Segware", "Storage"])
            Assert.Contains(section, Sections(all["evaluator notifier fetcher gateway"]));

        var browser = await _console.Browser(Role.Administrator);
        Assert.Contains("The archive does not answer", await ConsoleSession.Page(browser, "administration/settings?service=archive", "en"),
            StringComparison.Ordinal);
        Assert.Contains("Console__TimeZone", await ConsoleSession.Page(browser, "administration/settings?service=nobody"), StringComparison.Ordinal);
        using var engineer = await (await _console.Browser(Role.Engineer)).GetAsync("administration/settings?service=notifier");
        Assert.Equal(HttpStatusCode.Forbidden, engineer.StatusCode);
        using var limited = await (await _console.Program(Role.Administrator, ("account", "7"))).GetAsync("settings");
        Assert.Equal(HttpStatusCode.Forbidden, limited.StatusCode);

        static IEnumerable<string?> Sections(JsonElement process) =>
            process.GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("name").GetString());
    }
}
