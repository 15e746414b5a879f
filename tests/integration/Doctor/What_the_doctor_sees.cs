using System.Net;
using RabbitMQ.Client;
using Sigma.Cli.Doctor;
using Sigma.IntegrationTests.Poison;
using Sigma.IntegrationTests.Schema;
using Sigma.IntegrationTests.Stations;
using Sigma.Notifier;
using Sigma.Notifier.Schema;
using Sigma.Simulator;

namespace Sigma.IntegrationTests.Doctor;

public sealed class What_the_doctor_sees(ITestOutputHelper output)
{
    [Fact]
    public async Task A_station_that_works_is_well_and_one_whose_notifier_stops_is_not()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("the doctor would rightly tell of them");
        await station.StartSimulator();
        station.Settings["Fetcher:PollInterval"] = "00:01:00";
        var notifier = await station.StartNotifier();
        await station.StartEvaluator();
        await station.StartFetcher();

        var well = await Await.Until(() => Diagnosis.Of(station.Settings), seen => seen.ExitCode == 0, "all is well");
        well.IsWell(Diagnosis.Checks);
        Assert.Contains("RabbitMQ", well.Detail("broker"));
        Assert.Matches("(MariaDB|MySQL) [0-9]", well.Detail("database"));
        using var shell = new Shell(station.Settings);
        var said = (await shell.Sigma("doctor")).Output.Trim().Split('\n');
        Assert.Equal(Diagnosis.Checks.Length + 1, said.Length);
        Assert.All(said[..^1], line => Assert.StartsWith("ok ", line));
        Assert.Equal("All is well.", said[^1]);

        await station.Stop(notifier);
        await using var sender = await Sender.Open(station.Broker);
        await sender.Channel.QueueDeclareAsync(NotifierQueues.Alerts + "_error", durable: true, exclusive: false, autoDelete: false);
        await sender.Channel.BasicPublishAsync("", NotifierQueues.Alerts + "_error", mandatory: true, ReadOnlyMemory<byte>.Empty);

        var alone = await Await.Until(() => Diagnosis.Of(station.Settings),
            seen => seen.Detail("queues").Contains("Nobody") && seen.Detail("error queues").Contains("alerts"), "it is missed");
        alone.IsWrong("queues", "notifier.whatsapp", "Is the notifier running");
        Assert.DoesNotContain("evaluator", alone.Detail("queues"));
        alone.IsWrong("error queues", "notifier.alerts_error (1 message)", "sigma errors list");
    }

    [Fact]
    public async Task A_refused_token_a_skewed_clock_and_a_phone_that_is_off_are_told_each_by_itself()
    {
        await using var station = await Station.Create(output, subscribed: false);
        var simulator = await station.StartSimulator();
        simulator.Options.Segware.ClockAhead = TimeSpan.FromSeconds(90);
        simulator.ChatPro.Connected = false;
        await Diagnosis.Says(station.Settings, seen =>
        {
            seen.IsWell("broker", "segware", "database");
            seen.IsWrong("segware clock", "behind Segware's", "NTP");
            seen.IsWrong("chatpro", "no phone connected", "QR code");
        });

        simulator.Options.Segware.ClockAhead = TimeSpan.FromSeconds(-90);
        simulator.ChatPro.Connected = true;
        station.Settings["Segware:BearerToken"] = station.Settings["ChatPro:Token"] = "another-secret";
        await Diagnosis.Says(station.Settings, seen =>
        {
            seen.IsWrong("segware", "Segware answers 401", "Get a valid token");
            seen.IsWrong("segware clock", "ahead of Segware's");
            seen.IsWrong("chatpro", "ChatPro answers 401", "ChatPro__Token");
        });

        simulator.Options.Segware.ClockAhead = TimeSpan.FromSeconds(20);
        station.Settings["Segware:BearerToken"] = simulator.Options.Token;
        station.Settings["Notifier:Channels:WhatsApp:Enabled"] = "false";
        simulator.Options.Segware.ForbiddenPaths = ["/v1/events"];
        await Diagnosis.Says(station.Settings, seen =>
        {
            seen.IsWrong("segware", "Segware answers 403", "allow the token");
            seen.IsWell("segware clock", "chatpro");
        });
        Assert.Empty(simulator.Received.Messages);
    }

    [Fact]
    public async Task A_database_that_lets_nobody_in_or_has_another_version_of_the_schema_is_told()
    {
        await using var station = await Station.Create(output, subscribed: false, tables: false);
        await station.StartSimulator();
        var address = station.Settings["Storage:ConnectionString"];
        var password = station.Settings["RabbitMq:Password"];
        station.Settings["Storage:ConnectionString"] += ";password=top-secret";
        station.Settings["RabbitMq:Password"] = "top-secret";
        await Diagnosis.Says(station.Settings, seen =>
        {
            seen.IsWrong("database", "refuses our login: ");
            seen.IsWrong("broker", "refuses the user");
            seen.IsWrong("schema", "not looked at");
            Assert.DoesNotContain(seen.Lines, line => line.GetRawText().Contains("top-secret"));
        });

        (station.Settings["Storage:ConnectionString"], station.Settings["RabbitMq:Password"]) = (address, password);
        await Diagnosis.Says(station.Settings, seen =>
        {
            seen.IsWell("database", "database clock");
            seen.IsWrong("schema", "no tables");
            seen.IsWrong("fetched", "No fetcher");
            seen.IsWrong("queues", "There is no queue evaluator.event-batches");
        });

        await SchemaDatabase.Migrate(station.Database);
        var first = NotifierContext.Schema.Migrations(station.Database.Dialect)[0];
        var migrations = await station.Count("select count(*) from notifier_migrations");
        await station.Count("update notifier_migrations set MigrationId = '99990101000000_Later' where MigrationId = @first; select 0",
            new { first });
        await Diagnosis.Says(station.Settings, seen =>
        {
            seen.IsWrong("schema", $"Not applied yet: notifier {first}", "restart");
            seen.IsWell("writing");
        });
        Assert.Equal(migrations, await station.Count("select count(*) from notifier_migrations"));

        await station.Count("insert into notifier_migrations(MigrationId, ProductVersion) values(@first, ''); select 0", new { first });
        await Diagnosis.Says(station.Settings,
            seen => seen.IsWrong("schema", "Newer than this version of the tracker, which does not know notifier 99990101000000_Later"));
    }

    [Fact]
    public async Task A_source_that_is_fetched_or_counted_no_more_is_told_with_the_reason()
    {
        await using var station = await Station.Create(output, subscribed: false);
        await station.StartSimulator();
        await SchemaDatabase.Migrate(station.Database);
        await station.Count(
            "insert into fetcher_sources(source, watermark, polled_at) values('segware', (unix_timestamp() - 1200) * 1000, (unix_timestamp() - 1190) "
                + "* 1000); select 0");
        await Diagnosis.Says(station.Settings,
            seen => seen.IsWrong("fetched", "(20 min): no fetcher has ended a poll since", "Is the fetcher running"));

        await station.Count("update fetcher_sources set polled_at = unix_timestamp() * 1000, stopped = 'Segware refuses the token'; select 0");
        await Diagnosis.Says(station.Settings, seen => seen.IsWrong("fetched", "(20 min): Segware refuses the token", "/coverage"));

        await station.Count("update fetcher_sources set watermark = unix_timestamp() * 1000; select 0");
        await station.Count(
            "insert into notifier_watermarks(source, since, counted_until) values('segware', 0, (unix_timestamp() - 1200) * 1000); select 0");
        await Diagnosis.Says(station.Settings, seen =>
        {
            seen.IsWell("fetched");
            seen.IsWrong("counted", "(20 min)", "evaluator");
        });
    }

    [Fact]
    public async Task The_file_of_a_standalone_host_is_looked_at_and_a_broker_is_not_asked_for()
    {
        await using var simulator = await SimulatorApp.Start();
        var folder = Directory.CreateTempSubdirectory("sigma-standalone-");
        var file = Path.Combine(folder.FullName, "sigma.db");
        var settings = Standing(simulator);
        await using (var host = RunningService.Start("Standalone",
            new Dictionary<string, string?>(settings) { ["Storage:ConnectionString"] = $"Data Source={file}" }))
        {
            await host.UntilSays(HttpStatusCode.OK, "\"database\":\"ok\"");
            var seen = await Await.Until(() => Diagnosis.Of(settings, "--data", file), seen => seen.ExitCode == 0, "all is well");
            foreach (var check in (string[])["broker", "queues", "error queues", "database clock"])
                Assert.False(seen.Lines.Single(line => line.GetProperty("check").GetString() == check).GetProperty("applies").GetBoolean());
            Assert.Contains("SQLite 3", seen.Detail("database"));
        }
        var missing = Path.Combine(folder.FullName, "other.db");
        settings["Storage:Provider"] = "Sqlite";
        settings["Storage:ConnectionString"] = $"Data Source={missing}";
        await Diagnosis.Says(settings, seen => seen.IsWrong("database", "There is no database file"));
        Assert.False(File.Exists(missing));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_setting_that_is_misspelt_or_wrong_is_named_and_the_rest_is_looked_at_all_the_same()
    {
        await using var simulator = await SimulatorApp.Start();
        var settings = new Dictionary<string, string?>(Standing(simulator))
        {
            ["Fetcher:PollIntervall"] = "00:01:00",
            ["Evaluator:Rules:0:Name"] = "rule", ["Evaluator:Rules:0:Window"] = "soon",
            ["Notifer:TimeZone"] = "America/Manaus",
            ["RabbitMq:Port"] = "70000",
            ["Storage:ConnectionString"] = "",
        };
        await Diagnosis.Says(settings, seen =>
        {
            seen.IsWrong("settings", "Fetcher: unknown setting PollIntervall", ".env.example");
            seen.IsWrong("settings", "Evaluator__Rules__0__Window has a value that is not a duration");
            seen.IsWrong("settings", "Notifer__… is a section that no service has", ".env.example");
            seen.IsWrong("settings", "RabbitMq__Port must be between 1 and 65535");
            seen.IsWrong("settings", "Storage__ConnectionString is required");
            seen.IsWrong("broker", "not looked at: RabbitMq__Port must be");
            seen.IsWell("segware", "chatpro");
        });
    }

    [Theory]
    [InlineData("Fetcher:FirstLookBack", "01:00:00", "Fetcher__FirstLookBack is 01:00:00, the longest window 02:00:00")]
    [InlineData("Evaluator:Rules:0:Window", "03:00:00", "Fetcher__OccurrencesLookBack is 02:00:00, the longest window 03:00:00")]
    [InlineData("Fetcher:PollInterval", "00:05:00", "Notifier__Blindness__After is 00:10:00")]
    [InlineData("Fetcher:PollInterval", "00:03:00", "Fetcher__LateAfter is 00:05:00")]
    [InlineData("Fetcher:Source", "another", "no rule of Evaluator__Rules watches the source another")]
    [InlineData("Notifier:Accounts:Source", "another", "Notifier__Accounts__Source is another")]
    [InlineData("Evaluator:Rules:0:Include:cuc", "ALR, XYZ", "the rule rule counts cuc XYZ, which Fetcher__Cucs leaves out")]
    [InlineData("Fetcher:Codes", "E130", "the rule rule counts code E301, which Fetcher__Codes leaves out")]
    [InlineData("Evaluator:OwnCodes", "E700", "code E702 into Segware")]
    [InlineData("Notifier:Channels:WhatsApp:Enabled", "false", "nobody would be told that nothing is watched")]
    [InlineData("ChatPro:Recipient", "+55 11 99999-9999", "ChatPro__Recipient is neither digits")]
    public async Task Settings_that_are_right_by_themselves_and_wrong_together_are_named(string key, string value, string expected)
    {
        Dictionary<string, string?> settings = new()
        {
            ["Storage:ConnectionString"] = "server=127.0.0.1;port=1;database=none", ["RabbitMq:Port"] = "1",
            ["Segware:BaseUrl"] = "http://127.0.0.1:1", ["ChatPro:BaseUrl"] = "http://127.0.0.1:1",
            ["Segware:BearerToken"] = "secret", ["ChatPro:InstanceId"] = "instance", ["ChatPro:Recipient"] = "5511999999999",
            ["ChatPro:Token"] = "secret",
            ["Evaluator:Rules:0:Name"] = "rule", ["Evaluator:Rules:0:Include:code"] = "E130,E301",
        };
        await Diagnosis.Says(settings, seen => seen.IsWell("settings"));
        settings[key] = value;
        await Diagnosis.Says(settings, seen => seen.IsWrong("settings", expected));
    }

    [Fact]
    public async Task Receivers_are_looked_at_one_integration_after_the_other_by_their_own_keys()
    {
        await using var simulator = await SimulatorApp.Start();
        const string First = "Notifier:Receivers:0:Integrations:0", Second = "Notifier:Receivers:0:Integrations:1", Other = "Notifier:Receivers:1";
        var settings = new Dictionary<string, string?>(Standing(simulator))
        {
            ["Storage:ConnectionString"] = "server=127.0.0.1;port=1;database=none", ["RabbitMq:Port"] = "1",
            ["Notifier:Receivers:0:Name"] = "station",
            [$"{First}:Name"] = "operators", [$"{First}:Type"] = "whatsapp", [$"{First}:ChatPro:Recipient"] = "120363000000004711@g.us",
            [$"{Second}:Name"] = "owner", [$"{Second}:Type"] = "whatsapp", [$"{Second}:ChatPro:Recipient"] = "+55 11",
            [$"{Second}:ChatPro:Token"] = "another-secret",
            [$"{Other}:Name"] = "others", [$"{Other}:Integrations:0:Name"] = "segware", [$"{Other}:Integrations:0:Type"] = "segware-alarm-event",
        };
        await Diagnosis.Says(settings, seen =>
        {
            seen.IsWrong("settings", "Notifier__Receivers__0__Integrations__1__ChatPro__Recipient is neither digits");
            seen.IsWrong("settings", "alerts go to the receiver station alone, the first one; others is told nothing");
            seen.IsWrong("chatpro", "owner: ChatPro answers 401: Notifier__Receivers__0__Integrations__1__ChatPro__Token is wrong",
                "Notifier__Receivers__0__Integrations__1__ChatPro__Token");
            Assert.Contains("operators: a phone is connected; messages go to …4711", seen.Detail("chatpro"));
        });
        Assert.Empty(simulator.Received.Messages);

        settings[$"{Second}:Type"] = "pigeon";
        await Diagnosis.Says(settings, seen => seen.IsWrong("settings", "Notifier__Receivers__0__Integrations__1__Type is pigeon"));
    }

    [Theory]
    [InlineData(0, 0.5, 0)]
    [InlineData(0.9, 3, 0)]
    [InlineData(31, 31.2, 30)]
    [InlineData(-40, -35, -35)]
    public void The_time_a_call_takes_and_the_seconds_fraction_are_not_taken_for_skew(double asked, double answered, double ahead)
    {
        var shown = DateTimeOffset.UnixEpoch;
        Assert.Equal(TimeSpan.FromSeconds(ahead),
            ServerClock.AheadOf(shown, shown.AddSeconds(1), shown.AddSeconds(asked), shown.AddSeconds(answered)));
    }

    /// <summary>A station in one process.</summary>
    static Dictionary<string, string?> Standing(SimulatorApp simulator) => new()
    {
        ["Segware:BaseUrl"] = simulator.Url.ToString(), ["Segware:BearerToken"] = simulator.Options.Token,
        ["ChatPro:BaseUrl"] = simulator.Url.ToString(), ["ChatPro:Token"] = simulator.Options.ChatProToken, ["ChatPro:InstanceId"] = "instance",
        ["ChatPro:Recipient"] = "120363000000000000@g.us",
    };
}
