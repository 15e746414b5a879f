using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RabbitMQ.Client;
using Sigma.Contracts;
using Sigma.Evaluator;
using Sigma.Fetcher;
using Sigma.Hosting;
using Sigma.IntegrationTests.Evaluation;
using Sigma.IntegrationTests.Start;
using Sigma.IntegrationTests.Stations;
using Sigma.IntegrationTests.Tls;
using Sigma.Notifier;
using Sigma.Simulator;
using Sigma.Storage;
using static Sigma.IntegrationTests.Evaluation.Batches;

namespace Sigma.IntegrationTests.Secrets;

/// <summary>
/// A full run at the most talkative level, with every kind of failing call, and then a search for each secret in all that was said and kept.
/// </summary>
[Collection(nameof(ProcessOutput))]
public sealed class No_secret_is_put_out(ITestOutputHelper output)
{
    readonly Dictionary<string, string> _secrets = new()
    {
        ["Segware's token"] = Secret(), ["ChatPro's token"] = Secret(), ["a wrong token"] = Secret(), ["the database's password"] = Secret(),
        ["a wrong password"] = Secret(),
        ["the broker's password"] = Secret(), ["the API's key"] = Secret(), ["a wrong key"] = Secret(),
        ["the recipient"] = "12036" + Random.Shared.NextInt64(1_000_000_000_000, 9_999_999_999_999),
    };

    [Fact]
    public async Task In_logs_spans_metrics_health_error_queues_or_rows()
    {
        await using var station = await Station.Create(output);
        var database = await Servers.Database;
        var user = $"u{Guid.NewGuid():N}"[..12];
        await using (var admin = await station.Database.Open(CancellationToken.None))
        {
            await admin.ExecuteAsync($"create user '{user}'@'%' identified by '{_secrets["the database's password"]}'");
            await admin.ExecuteAsync($"grant all on *.* to '{user}'@'%'");
        }
        using ProcessOutput processOutput = new(); // from here on: the statement that creates the user has the password in it
        await CreateBrokerUser(user, _secrets["the broker's password"], Uri.UnescapeDataString(station.Broker.AbsolutePath.Trim('/')));
        var simulator =
            await station.StartSimulator(new SimulatorOptions { Token = _secrets["Segware's token"], ChatProToken = _secrets["ChatPro's token"] });
        var connection = new System.Data.Common.DbConnectionStringBuilder { ConnectionString = station.Settings["Storage:ConnectionString"] };
        var name = connection["database"];
        string Connection(string password) =>
            $"Server={database.Host};Port={database.Port};User ID={user};Password={password};Database={name};AllowPublicKeyRetrieval=true";
        station.Settings["Storage:ConnectionString"] = Connection(_secrets["the database's password"]);
        station.Settings["RabbitMq:Username"] = user;
        station.Settings["RabbitMq:Password"] = _secrets["the broker's password"];
        station.Settings["ChatPro:Recipient"] = _secrets["the recipient"] + "@g.us";
        station.Settings["Api:Key"] = _secrets["the API's key"];
        station.Settings["LOG_LEVEL"] = "trace";

        // All is well
        await using var evaluator = await Start(station, processOutput, "evaluator", s => s.AddEvaluator());
        await using var notifier = await Start(station, processOutput, "notifier", s => s.AddNotifier());
        await using var fetcher = await Start(station, processOutput, "fetcher", s => s.AddFetcher());
        foreach (var service in (WebApplication[])[evaluator, notifier, fetcher])
            await Await.Until(() => station.Health(service), health => health.Status == System.Net.HttpStatusCode.OK, "the service is ready");
        Assert.Equal(System.Net.HttpStatusCode.OK, await Ask(evaluator, _secrets["the API's key"]));
        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, await Ask(evaluator, _secrets["a wrong key"]));
        await notifier.Feed(Alert("300001"));
        await Await.Until(() => Task.FromResult(simulator.Received.Messages.Count), seen => seen == 1, "the message is on WhatsApp");

        // A message that nobody can digest
        await evaluator.Feed(Slice(Noon, Noon.AddMinutes(1), []) with { Source = new string('x', 200) });
        await Await.Until(async () => await station.Mailbox.Waiting(EvaluatorQueues.EventBatches + "_error"), seen => seen == 1u,
            "the message is in the error queue");

        // Refused, and unreachable
        (simulator.Options.Token, simulator.Options.ChatProToken) = (Secret(), Secret());
        await notifier.Feed(Alert("300002"));
        await fetcher.Services.GetRequiredService<Fetcher.Polling.Poll>().Run(CancellationToken.None);
        await Await.Until(() => Task.FromResult(processOutput.All.Any(t => t.Contains("ChatPro answers 401"))), "ChatPro has refused");
        await Hear(station, processOutput, evaluator, notifier, fetcher);
        await notifier.StopAsync();
        await fetcher.StopAsync();

        // By an API that repeats what it was sent
        await using (var echo = await EchoApi.Start())
        {
            foreach (var status in (int[])[401, 400, 500])
            {
                echo.Status = status;
                await Fail(station, processOutput, echo.Url.ToString(), $"30010{status}", () => Task.FromResult(echo.Calls), seen => seen > 3);
            }
        }
        await Fail(station, processOutput, "http://127.0.0.1:1", "300200",
            () => station.Count("select count(*) from notifier_deliveries where state = 'pending' and attempts > 1"), seen => seen > 0);

        // Wrong passwords
        await evaluator.StopAsync();
        station.Settings["RabbitMq:Password"] = _secrets["a wrong password"];
        await using (var wrong = await Start(station, processOutput, "evaluator", s => s.AddEvaluator()))
        {
            await Await.Until(() => Task.FromResult(processOutput.All.Any(t => t.Contains("MassTransit") && t.Contains("log"))),
                "the broker has refused");
            await Hear(station, processOutput, wrong);
            await wrong.StopAsync();
        }
        station.Settings["Storage:ConnectionString"] = Connection(_secrets["a wrong password"]);
        processOutput.Add($"{await Record.ExceptionAsync(() => Start(station, processOutput, "evaluator", s => s.AddEvaluator()))}");

        await Read(station, processOutput);
        await using (var admin = await station.Database.Open(CancellationToken.None))
            await admin.ExecuteAsync($"drop user '{user}'@'%'");
        Assert.Contains(processOutput.All, text => text.StartsWith("span System.Net.Http", StringComparison.Ordinal));
        Assert.Contains(processOutput.All, text => text.StartsWith("metric Sigma.Notifier", StringComparison.Ordinal));
        Assert.Contains(processOutput.All, text => text.Contains("ChatPro answers 401"));
        Assert.Contains(processOutput.All, text => text.StartsWith("row", StringComparison.Ordinal) && text.Contains("not for"));
        Search(processOutput.All);
    }

    [Fact]
    public async Task Of_a_vendor_though_it_repeats_in_its_answer_what_it_was_sent()
    {
        await using var station = await Station.Create(output);
        await station.StartSimulator();
        await using var echo = await EchoApi.Start();
        var url = echo.Url.ToString().TrimEnd('/');
        var signing = Convert.ToBase64String(Encoding.UTF8.GetBytes(_secrets["a wrong password"]));
        (string Type, string Key, Func<string, string> Value, (string Key, string Value)[] Others)[] vendors =
        [
            ("slack", "Url", secret => $"{url}/services/T00/B00/{secret}", []),
            ("teams", "Url", secret => $"{url}/workflows/42?sig={secret}", []),
            ("telegram", "Token", secret => $"123456:{secret}", [("BaseUrl", url), ("ChatId", "-100")]),
            ("webhook", "Url", secret => $"{url}/hooks/{secret}", [("Secrets:0", $"whsec_{signing}"), ("AllowPrivateAddresses", "true")]),
            ("pagerduty", "RoutingKey", secret => secret[..32], [("BaseUrl", url)]),
        ];
        station.Settings["Notifier:Receivers:0:Name"] = "station";
        for (var i = 0; i < vendors.Length; i++)
        {
            var (type, key, value, others) = vendors[i];
            var secret = Secret();
            _secrets[$"{type}'s secret"] = secret[..32];
            foreach (var (name, set) in others.Concat([("Name", type), ("Type", type), (key, value(secret)), ("MessageEvery", "00:00:00"),
                ("DigestOver", "0"), ("Api:Patience:BreakAfter", "1000")]))
                station.Settings[$"Notifier:Receivers:0:Integrations:{i}:{name}"] = set;
        }
        station.Settings["Notifier:Deliveries:RetryFrom"] = station.Settings["Notifier:Deliveries:RetryTo"] = "01:00:00";
        station.Settings["LOG_LEVEL"] = "trace";
        using ProcessOutput processOutput = new();
        await using var notifier = await Start(station, processOutput, "notifier", s => s.AddNotifier());
        await Await.Until(() => station.Health(notifier), health => health.Status == System.Net.HttpStatusCode.OK, "the notifier is ready");

        foreach (var status in (int[])[200, 302, 400, 403, 404, 429, 500])
        {
            echo.Status = status;
            var alert = Alert($"30010{status}");
            await notifier.Feed(alert);
            await Await.Until(() => station.Count(
                "select count(*) from notifier_deliveries where alert_id = @id and (reason is not null or state = 'sent')",
                new { id = alert.AlertId }), seen => seen == vendors.Length, $"all are told, or not for a reason, at a {status}");
        }
        await Hear(station, processOutput, notifier);
        await notifier.StopAsync();

        await ReadRows(station, processOutput);
        Assert.True(echo.Calls >= 7 * vendors.Length);
        Assert.Contains(processOutput.All, text => text.StartsWith("row notifier_deliveries", StringComparison.Ordinal) && text.Contains("not for"));
        Search(processOutput.All);
    }

    [Theory]
    [InlineData("Storage__ConnectionString", "Server=x;Password=before;{0};Database=storage")]
    [InlineData("Storage__ConnectionString", "Server=x;Password=before;{0}=1;Database=storage")]
    [InlineData("Storage__ConnectionString", "mysql://user:{0}/more@host:port/storage")]
    [InlineData("Storage__ConnectionString", "mysql://user:{0}#more@host/")]
    [InlineData("Storage__ConnectionString", "Server=x;Password={0};Database=storage;SslMode=VerifyCA;SslCa=/run/ca.pem")]
    [InlineData("Storage__ConnectionString", "Server=x;Password={0};Database=storage;SslMode=Perhaps")]
    [InlineData("Storage__Provider", "{0}")]
    [InlineData("Segware__BaseUrl", "{0}")]
    [InlineData("Segware__BaseUrl", "http://user:{0}@example.org")]
    [InlineData("Segware__SystemUserId", "{0}")]
    [InlineData("RabbitMq__Port", "{0}")]
    [InlineData("RabbitMq__Tls", "{0}")]
    public async Task By_a_wrong_setting(string key, string value)
    {
        var secret = _secrets["a wrong password"];
        var (exitCode, error) = await ServiceProcess.RunToEnd("Fetcher", new Dictionary<string, string>
        {
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Storage__ConnectionString"] = $"server=127.0.0.1;port=1;database=none;uid=none;pwd={secret}",
            ["Segware__BearerToken"] = secret, ["RabbitMq__Password"] = secret,
            [key] = string.Format(System.Globalization.CultureInfo.InvariantCulture, value, secret),
        });

        Assert.Equal(78, exitCode);
        Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(key, error);
        Search([error]);
    }

    static async Task<System.Net.HttpStatusCode> Ask(WebApplication evaluator, string key)
    {
        using HttpClient console = new() { BaseAddress = new Uri(evaluator.Urls.First()) };
        console.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var answer = await console.GetAsync("/internal/evaluator/rules");
        return answer.StatusCode;
    }

    static string Secret() => "S" + Guid.NewGuid().ToString("N");

    static AlertRaised Alert(string account) => new()
    {
        AlertId = Guid.NewGuid(), Rule = "excess-of-events", Severity = "warning", Source = "segware", Count = 25, Threshold = 20,
        Labels = new Dictionary<string, string> { ["account"] = account, ["cuc"] = "ALR", ["code"] = "E130" },
        WindowFrom = TimeProvider.System.GetUtcNow().AddHours(-2), WindowTo = TimeProvider.System.GetUtcNow(),
        FirstEventAt = TimeProvider.System.GetUtcNow(), LastEventAt = TimeProvider.System.GetUtcNow(),
        RaisedAt = TimeProvider.System.GetUtcNow(),
    };

    async Task Fail<T>(Station station, ProcessOutput processOutput, string url, string account, Func<Task<T>> look, Func<T, bool> enough)
    {
        station.Settings["Segware:BaseUrl"] = station.Settings["ChatPro:BaseUrl"] = url;
        await using var notifier = await Start(station, processOutput, "notifier", s => s.AddNotifier());
        await using var fetcher = await Start(station, processOutput, "fetcher", s => s.AddFetcher());
        await Await.Until(() => station.Health(notifier), health => health.Body.Contains("\"broker\":\"ok\""), "the notifier listens");
        await notifier.Feed(Alert(account));
        await Await.Until(look, enough, $"calls to {url} have failed");
        await Await.Until(() => station.Count($"select count(*) from notifier_deliveries where reason is not null"), seen => seen > 0,
            "a failure is written down");
        await fetcher.Services.GetRequiredService<Fetcher.Polling.Poll>().Run(CancellationToken.None);
        await Hear(station, processOutput, notifier, fetcher);
        await notifier.StopAsync();
        await fetcher.StopAsync();
    }

    async Task<WebApplication> Start(Station station, ProcessOutput processOutput, string name, Action<ServiceBuilder> compose)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(station.Settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(processOutput);
        builder.Services.AddSingleton<TimeProvider>(station.Clock);
        return await ServiceHost.Start(name, builder, compose, CancellationToken.None);
    }

    static async Task Hear(Station station, ProcessOutput processOutput, params WebApplication[] services)
    {
        foreach (var service in services)
            processOutput.Add($"health {(await station.Health(service)).Body}");
    }

    /// <summary>All rows of all tables, and all messages in error queues with their headers.</summary>
    static async Task Read(Station station, ProcessOutput processOutput)
    {
        await ReadRows(station, processOutput);
        await using var broker = await new ConnectionFactory { Uri = station.Broker }.CreateConnectionAsync();
        await using var channel = await broker.CreateChannelAsync();
        var message = await channel.BasicGetAsync(EvaluatorQueues.EventBatches + "_error", autoAck: true);
        Assert.NotNull(message);
        processOutput.Add($"error queue {Encoding.UTF8.GetString(message.Body.Span)} "
            + string.Join(' ',
                message.BasicProperties.Headers!.Select(h => $"{h.Key}={(h.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : h.Value)}")));
    }

    static async Task ReadRows(Station station, ProcessOutput processOutput)
    {
        await using var connection = await station.Database.Open(CancellationToken.None);
        foreach (var table in (await connection.QueryAsync<string>(
            "select table_name from information_schema.tables where table_schema = database()")).ToList())
            foreach (IDictionary<string, object?> row in await connection.QueryAsync($"select * from {table}"))
                processOutput.Add(
                    $"row {table} "
                        + string.Join(' ',
                            row.Select(c => $"{c.Key}={(c.Value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : c.Value)}")));
    }

    void Search(IReadOnlyCollection<string> told)
    {
        foreach (var (what, secret) in _secrets)
            foreach (var form in (string[])[secret, Convert.ToBase64String(Encoding.UTF8.GetBytes(secret))])
                foreach (var text in told)
                {
                    var at = text.IndexOf(form, StringComparison.OrdinalIgnoreCase);
                    Assert.True(at < 0, $"{what} is told: {(at < 0 ? "" : text[..Math.Min(text.Length, at + form.Length + 100)])}");
                }
    }

    static async Task CreateBrokerUser(string user, string password, string virtualHost)
    {
        var broker = await Servers.Broker;
        using HttpClient http = new() { BaseAddress = broker.ManagementUrl };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{broker.Username}:{broker.Password}")));
        (await http.PutAsJsonAsync($"/api/users/{user}", new { password, tags = "" })).EnsureSuccessStatusCode();
        (await http.PutAsJsonAsync($"/api/permissions/{Uri.EscapeDataString(virtualHost)}/{user}",
            new { configure = ".*", write = ".*", read = ".*" })).EnsureSuccessStatusCode();
    }
}
