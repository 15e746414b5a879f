using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Sigma.Contracts;
using Sigma.Fetcher.Sources.Probes;
using Sigma.Hosting.Settings;
using Sigma.Simulator;
using Sigma.Simulator.Faults;

namespace Sigma.ServiceTests.Fetcher.Sources;

public sealed class Probes_of_things : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sigma-plugins-");

    [Fact]
    public async Task A_page_that_is_not_well_is_told_after_two_runs_and_its_recovery_at_once()
    {
        await using var session = await SourcesSession.Start(simulator => Check("http", ("Address", $"{simulator.Url}probed/health"),
            ("Contains", "well")));
        await session.Look("check");
        session.Simulator.Probed.IsHealthy = false;
        await session.Look("check");
        Assert.Empty(session.News.Conditions);
        await session.Look("check");
        await session.Look("check");
        session.Simulator.Probed.IsHealthy = true;
        await session.Look("check");

        await session.News.Until(news => news.Conditions.Count == 2, "that it is not well, and that it is, is told");
        Assert.Equal([("down", ConditionState.Firing), ("down", ConditionState.Resolved)], session.News.Told);
        Assert.Equal("check: it answers 503 Service Unavailable", session.News.Conditions[0].Title);
        Assert.Equal(("check", "7"), (session.News.Conditions[0].Labels["check"], session.News.Conditions[0].Labels["account"]));
        await session.News.Until(news => news.Samples.Count(sample => sample.Series == "probe_up") == 5, "each run is measured");
        Assert.Equal([1d, 0, 0, 0, 1], session.News.Samples.Where(sample => sample.Series == "probe_up").Select(sample => sample.Value));
        Assert.All(session.News.Samples.Where(sample => sample.Series == "probe_latency_seconds"),
            sample => Assert.InRange(sample.Value, 0.0001, 20));
    }

    [Fact]
    public async Task A_flaky_address_that_is_bad_every_other_time_is_no_condition()
    {
        await using var session = await SourcesSession.Start(simulator => Check("http", ("Address", $"{simulator.Url}probed/flaky")));
        foreach (var _ in Enumerable.Range(0, 6))
            await session.Look("check");

        await session.News.Until(news => news.Samples.Count(sample => sample.Series == "probe_up") == 6, "each run is measured");
        Assert.Equal(3, session.News.Samples.Count(sample => sample is { Series: "probe_up", Value: 0 }));
        Assert.Empty(session.News.Conditions);
    }

    [Fact]
    public async Task An_address_that_does_not_answer_is_down_and_says_so_in_time()
    {
        await using var session = await SourcesSession.Start(simulator => [.. Check("http", ("Address", $"{simulator.Url}probed/health")),
            ("Fetcher:Probes:Checks:0:Timeout", "00:00:00.5")]);
        session.Simulator.Faults.Add(Fault.Hanging("/probed/*"));
        await session.Look("check");
        Assert.Equal("down", (await session.State("check")).State);
    }

    [Fact]
    public async Task A_port_is_connected_to()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        await using var session = await SourcesSession.Start(_ => Check("tcp", ("Host", "127.0.0.1"),
            ("Port", $"{((IPEndPoint)listener.LocalEndpoint).Port}")));
        await session.Look("check");
        Assert.Equal("ok", (await session.State("check")).State);
        listener.Stop();
        await session.Look("check");
        Assert.Equal("down", (await session.State("check")).State);
    }

    [Theory, InlineData("/data/price"), InlineData("data.price")]
    public async Task A_number_is_read_out_of_JSON(string path)
    {
        await using var session = await SourcesSession.Start(simulator => Check("json", ("Address", $"{simulator.Url}probed/numbers"),
            ("Path", path), ("Series", "price_brl")));
        session.Simulator.Probed.Numbers["price"] = 5.25;
        await session.Look("check");
        await session.News.Until(news => news.Samples.Count == 1, "the number is told");
        Assert.Equal(("price_brl", 5.25, "json"),
            (session.News.Samples[0].Series, session.News.Samples[0].Value, session.News.Samples[0].Labels["probe"]));

        session.Simulator.Faults.Add(Fault.NotJson("/probed/*"));
        await session.Look("check");
        Assert.Equal("failed", (await session.State("check")).State);
    }

    [Fact]
    public async Task A_database_is_asked_for_a_number_and_cannot_be_changed()
    {
        var file = Path.Combine(_folder.FullName, "other.db");
        await using (SqliteConnection db = new($"Data Source={file}"))
        {
            await db.OpenAsync();
            await using var command = db.CreateCommand();
            command.CommandText = "create table orders(id); insert into orders values (1), (2), (3)";
            await command.ExecuteNonQueryAsync();
        }
        await using var session = await SourcesSession.Start(_ => [.. Check("sql", ("Provider", "Sqlite"),
            ("ConnectionString", $"Data Source={file}"), ("Query", "select count(*) from orders"), ("Series", "orders")),
            .. Check(1, "evil", "sql", ("Provider", "Sqlite"), ("ConnectionString", $"Data Source={file}"), ("Query", "delete from orders"))]);
        await session.Look("check");
        await session.Look("evil");

        await session.News.Until(news => news.Samples.Any(sample => sample.Series == "orders"), "the number is told");
        Assert.Equal(3, session.News.Samples.Single(sample => sample.Series == "orders").Value);
        Assert.Equal("failed", (await session.State("evil")).State);
    }

    [Fact]
    public async Task The_machine_is_measured()
    {
        await using var session = await SourcesSession.Start(_ => Check("host"));
        await session.Look("check");
        await session.News.Until(news => news.Samples.Count >= 3, "its memory is told");
        Assert.InRange(session.News.Samples.Single(sample => sample.Series == "host_memory_used_percent").Value, 0.1, 100);
    }

    [Theory, InlineData("throw", "a bug in a plug-in"), InlineData("hang", "no answer within"), InlineData("nothing", "answered with nothing"),
        InlineData("odd", "is no number")]
    public async Task A_probe_that_goes_wrong_is_told_and_ends(string does, string reason)
    {
        TestsAsPlugin();
        var file = Path.Combine(_folder.FullName, "does.txt");
        await File.WriteAllTextAsync(file, does);
        await using var session = await SourcesSession.Start(_ => [.. Check("behaving", ("File", file)),
            ("Fetcher:Probes:Folder", _folder.FullName), ("Fetcher:Probes:Checks:0:Timeout", "00:00:00.3"), ("Fetcher:Probes:Checks:0:After", "1")]);
        await session.Look("check");

        var (state, said, failures) = await session.State("check");
        Assert.Equal(("failed", 1), (state, failures));
        Assert.Contains(reason, said);
        await session.News.Until(news => news.Conditions.Count == 1 && news.Samples.Count == 1, "that it fails is told");
        Assert.Equal(("source:unreadable", ConditionState.Firing), session.News.Told[0]);
        Assert.Equal(("probe_up", 0d), (session.News.Samples[0].Series, session.News.Samples[0].Value));
        if (does == "hang")
        {
            await session.Look("check"); // nothing is begun beside it
            Assert.Contains("still hangs", (await session.State("check")).Reason);
            return;
        }
        await File.WriteAllTextAsync(file, "up");
        await session.Look("check");
        await session.News.Until(news => news.Conditions.Count == 2, "that it does not any more is told");
    }

    [Fact]
    public async Task What_a_probe_says_besides_goes_on_with_its_labels()
    {
        TestsAsPlugin();
        await using var session = await SourcesSession.Start(_ => [.. Check("behaving", ("Does", "condition")),
            ("Fetcher:Probes:Folder", _folder.FullName)]);
        await session.Look("check");

        await session.News.Until(news => news is { Conditions.Count: 1, Samples.Count: 2, Beats.Count: 1 }, "all of it is told");
        var condition = session.News.Conditions[0];
        Assert.Equal(("probe:queue", "low", "a", "7"),
            (condition.ExternalId, condition.Severity, condition.Labels["queue"], condition.Labels["account"]));
        Assert.Equal("check", session.News.Beats[0].Labels["check"]);
    }

    [Fact]
    public async Task None_holds_up_another_nor_does_one_that_keeps_its_thread()
    {
        TestsAsPlugin();
        await using var session = await SourcesSession.Run(simulator =>
        [
            .. Enumerable.Range(0, 20).SelectMany(n => Check(n, $"stuck-{n}", "behaving", ("Does", n % 2 == 0 ? "hang" : "block"))),
            .. Check(20, "good", "http", ("Address", $"{simulator.Url}probed/health")), ("Fetcher:Probes:Folder", _folder.FullName),
            .. Enumerable.Range(0, 21).Select(n => ($"Fetcher:Probes:Checks:{n}:Every", "00:00:00.3")),
            .. Enumerable.Range(0, 20).Select(n => ($"Fetcher:Probes:Checks:{n}:Timeout", "00:00:30")),
        ]);

        await session.News.Until(news => news.Samples.Count(sample => sample is { Series: "probe_up", Value: 1 }) >= 5, "the good one has its turns");
        Assert.DoesNotContain(session.News.Samples, sample => sample.Labels["check"] != "good");
    }

    [Fact]
    public async Task A_plug_in_is_found_and_one_that_cannot_be_loaded_is_a_note()
    {
        File.Copy(BuiltSample, Path.Combine(_folder.FullName, Path.GetFileName(BuiltSample)));
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "Broken.dll"), "no assembly");
        var inside = _folder.CreateSubdirectory("Nothing");
        File.Copy(typeof(Sigma.Contracts.Sample).Assembly.Location, Path.Combine(inside.FullName, "Nothing.dll"));
        var files = _folder.CreateSubdirectory("files");
        await File.WriteAllTextAsync(Path.Combine(files.FullName, "a"), "12345");
        await using var session = await SourcesSession.Start(_ => [.. Check("folder-size", ("Folder", files.FullName)),
            .. Check(1, "lost", "from-broken"), ("Fetcher:Probes:Folder", _folder.FullName), ("Fetcher:Probes:Checks:1:After", "1")]);
        await session.Look("check");
        await session.Look("lost");

        await session.News.Until(news => news.Samples.Any(sample => sample.Series == "folder_bytes"), "the plug-in measures");
        Assert.Equal(5, session.News.Samples.Single(sample => sample.Series == "folder_bytes").Value);
        var faults = session.Get<ProbeCatalogue>().Faults;
        Assert.Equal(2, faults.Count);
        Assert.Contains(faults, fault => fault.StartsWith("Broken.dll cannot be loaded: it is no .NET assembly", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("Nothing.dll", StringComparison.Ordinal));
        Assert.Contains("there is no probe from-broken", (await session.State("lost")).Reason);
    }

    [Theory]
    [InlineData("Fetcher:Probes:Checks:0:Parameters:Address", "ftp://x", "Fetcher__Probes__Checks__0__Parameters__Address is not an http or https")]
    [InlineData("Fetcher:Probes:Checks:0:Parameters:Adress", "http://x", "Fetcher__Probes__Checks__0__Parameters has an unknown setting Adress")]
    [InlineData("Fetcher:Probes:Checks:0:Parameters:CertificateDays", "many",
        "Fetcher__Probes__Checks__0__Parameters__CertificateDays has a value that is not a whole number")]
    [InlineData("Fetcher:Probes:Checks:0:Parameters:Status", "ok", "Fetcher__Probes__Checks__0__Parameters__Status is not numbers and ranges")]
    [InlineData("Fetcher:Probes:Checks:0:Probe", "htpp", "Fetcher__Probes__Checks__0__Probe is htpp, which is none of http, tcp, json, host, sql")]
    [InlineData("Fetcher:Probes:Checks:0:Cron", "often", "Fetcher__Probes__Checks__0__Cron is no cron expression")]
    [InlineData("Fetcher:Probes:Checks:0:Severity", "bad", "Fetcher__Probes__Checks__0__Severity is none of critical, high")]
    [InlineData("Fetcher:Probes:Checks:0:Name", "a name", "Fetcher__Probes__Checks__0__Name is not 1 to 64 letters")]
    [InlineData("Fetcher:StatusFeeds:0:Name", "check", "Fetcher__Probes__Checks__0__Name is check, which is the name of another source")]
    [InlineData("Fetcher:StatusFeeds:0:Kind", "gpc", "Fetcher__StatusFeeds__0__Kind is gpc, which is none of gcp, aws")]
    public async Task A_wrong_setting_stops_the_start_with_a_line_that_names_it(string key, string value, string line)
    {
        var failure = await Record.ExceptionAsync(() => SourcesSession.Start(_ =>
        [
            (key, value), .. Check("http", ("Address", "http://127.0.0.1:1/")), ("Fetcher:StatusFeeds:0:Name", "feed"),
            ("Fetcher:StatusFeeds:0:Kind", "gcp"),
        ]));
        Assert.Contains(line, SettingsError.From(failure!));
    }

    [Fact]
    public async Task A_connection_string_is_shown_nowhere()
    {
        var failure = await Record.ExceptionAsync(() => SourcesSession.Start(_ => Check("sql", ("ConnectionString", "Server=x;Pwd=half;secret=1"),
            ("Query", "select 1"))));
        var line = SettingsError.From(failure!);
        Assert.Contains("Fetcher__Probes__Checks__0__Parameters__ConnectionString cannot be read", line);
        Assert.DoesNotContain("secret", line);
        Assert.IsType<OptionsValidationException>(failure);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }

    static string BuiltSample => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Sigma.Samples.Probes",
        Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "Sigma.Samples.Probes.dll"));

    void TestsAsPlugin() => File.Copy(typeof(BehavingProbe).Assembly.Location, Path.Combine(_folder.FullName, "Behaving.dll"), overwrite: true);

    static (string, string)[] Check(string probe, params (string, string)[] parameters) => Check(0, "check", probe, parameters);

    static (string, string)[] Check(int index, string name, string probe, params (string Key, string Value)[] parameters) =>
    [
        ($"Fetcher:Probes:Checks:{index}:Name", name), ($"Fetcher:Probes:Checks:{index}:Probe", probe),
        ($"Fetcher:Probes:Checks:{index}:Labels:account", "7"),
        .. parameters.Select(one => ($"Fetcher:Probes:Checks:{index}:Parameters:{one.Key}", one.Value)),
    ];
}
