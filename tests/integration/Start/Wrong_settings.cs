using System.Net;
using System.Net.Sockets;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Start;

public sealed class Wrong_settings(ITestOutputHelper output)
{
    static readonly Dictionary<string, string> Right = new()
    {
        ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
        ["Storage__ConnectionString"] = "server=127.0.0.1;port=1;database=none;uid=none;pwd=none",
        ["Segware__BearerToken"] = "secret-token",
        ["ChatPro__InstanceId"] = "instance",
        ["ChatPro__Recipient"] = "5511999999999",
        ["ChatPro__Token"] = "secret-token",
    };

    [Theory]
    [InlineData("Fetcher", "Segware__BearerToken", "  ")]
    [InlineData("Fetcher", "Segware__BaseUrl", "not-an-address")]
    [InlineData("Fetcher", "Segware__BaseUrl", "http://api.example.org")]
    [InlineData("Notifier", "ChatPro__BaseUrl", "http://10.0.0.1:8080")]
    [InlineData("Fetcher", "Segware__CaFile", "/nowhere/ca.pem")]
    [InlineData("Notifier", "ChatPro__CaFile", "Sigma.Notifier.dll")]
    [InlineData("Evaluator", "RabbitMq__TlsCaFile", "/nowhere/ca.pem")]
    [InlineData("Fetcher", "Storage__ConnectionString", "server=x;database=y;sslmode=VerifyFull;sslca=/run/ca.pem")]
    [InlineData("Fetcher", "Storage__ConnectionString", "mysql://user:password@host/storage?ssl-mode=Perhaps")]
    [InlineData("Fetcher", "Fetcher__PollInterval", "-00:01:00")]
    [InlineData("Fetcher", "Fetcher__PollIntervall", "00:01:00")]
    [InlineData("Fetcher", "Storage__ConnectionString", "")]
    [InlineData("Fetcher", "Storage__ConnectionString", "mysql://nobody")]
    [InlineData("Fetcher", "Storage__ConnectionString", "x")]
    [InlineData("Fetcher", "RabbitMq__Port", "70000")]
    [InlineData("Evaluator", "Evaluator__Rules__0__Threshold", "-5")]
    [InlineData("Evaluator", "Evaluator__Rules__0__Window", "soon")]
    [InlineData("Evaluator", "Evaluator__Rules__0__Window", "00:00:00")]
    [InlineData("Evaluator", "Evaluator__Rules__0__ClearBelow", "21")]
    [InlineData("Evaluator", "Evaluator__Rules__0__Treshold", "20")]
    [InlineData("Evaluator", "Evaluator__Rules__0__Include__cucs", "ALR")]
    [InlineData("Evaluator", "Evaluator__Rules__0__GroupBy", "acount,code")]
    [InlineData("Evaluator", "Evaluator__Rules__0__Name", "drill")]
    [InlineData("Evaluator", "Evaluator__Rules__0__Source", "drill")]
    [InlineData("Fetcher", "Fetcher__Source", "drill")]
    [InlineData("Notifier", "ChatPro__Token", "")]
    [InlineData("Notifier", "ChatPro__BaseUrl", "ftp://example.org")]
    [InlineData("Notifier", "Notifier__Channels__WhatsApp__RaisedText", "{nonsense}")]
    [InlineData("Standalone", "Fetcher__ParallelCalls", "none")]
    public async Task End_the_start_with_one_line_that_names_the_key(string service, string key, string value)
    {
        var settings = new Dictionary<string, string>(Right) { ["Evaluator__Rules__0__Name"] = "rule", [key] = value };
        if (service is "Fetcher" or "Notifier")
            settings.Remove("Evaluator__Rules__0__Name");
        if (service == "Standalone")
            settings.Remove("Storage__ConnectionString");

        var (exitCode, error) = await ServiceProcess.RunToEnd(service, settings);

        Assert.Equal(78, exitCode);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.True(Names(line, key), $"'{line}' does not name {key}");
        Assert.DoesNotContain("secret-token", line);
    }

    [Theory]
    [InlineData("Fetcher", "Segware__BearerToken", "secret-\ntoken", "line break, at position 8")]
    [InlineData("Notifier", "Segware__BearerToken", "secret-tokén", "character that is not ASCII, at position 11")]
    [InlineData("Notifier", "ChatPro__Token", "secret-token\t", "tab, at position 13")]
    [InlineData("Notifier", "ChatPro__Token", "secret-  token", "space, at position 9")]
    public async Task A_token_that_can_be_no_header_ends_the_start_with_one_line_that_does_not_show_it(string service, string key, string value,
        string wrong)
    {
        var (exitCode, error) = await ServiceProcess.RunToEnd(service, new Dictionary<string, string>(Right) { [key] = value });

        Assert.Equal((78, $"{key} has a character that no HTTP header may have ({wrong})"),
            (exitCode, Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)) is var line
                ? line[line.IndexOf(key, StringComparison.Ordinal)..].TrimEnd() : ""));
        Assert.DoesNotContain("secret", error);
    }

    [Theory]
    [InlineData("Fetcher", "password", "Access denied for user")]
    [InlineData("Evaluator", "database", "Unknown database 'nowhere'")]
    public async Task A_database_that_lets_nobody_in_ends_the_start_with_one_line_that_says_why(string service, string wrong, string reason)
    {
        await using var station = await Station.Create(output, subscribed: false);
        var settings = new Dictionary<string, string>(Right)
        {
            ["Storage__ConnectionString"] = $"{station.Settings["Storage:ConnectionString"]};{wrong}=nowhere", // the last one counts
            ["Storage__DenialPatience"] = "00:00:00",
        };

        var (exitCode, error) = await ServiceProcess.RunToEnd(service, settings);

        Assert.Equal(78, exitCode);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("Storage__ConnectionString", line);
        Assert.Contains(reason, line);
        Assert.True(wrong != "password" || !line.Contains("nowhere"), line);
    }

    [Fact]
    public async Task A_database_file_that_cannot_be_opened_ends_the_start_with_one_line()
    {
        var settings = new Dictionary<string, string>(Right)
            { ["Storage__ConnectionString"] = "Data Source=/nowhere/sigma.db", ["Storage__DenialPatience"] = "00:00:00" };

        var (exitCode, error) = await ServiceProcess.RunToEnd("Standalone", settings);

        Assert.Equal(78, exitCode);
        Assert.Contains("Storage__ConnectionString", Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
    }

    [Fact]
    public async Task A_port_that_is_taken_ends_the_start_with_one_line()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var file = Path.Combine(Path.GetTempPath(), $"sigma-port-{port}.db");
        var settings = new Dictionary<string, string>(Right)
            { ["Storage__ConnectionString"] = $"Data Source={file}", ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{port}" };

        var (exitCode, error) = await ServiceProcess.RunToEnd("Standalone", settings);
        foreach (var left in Directory.EnumerateFiles(Path.GetTempPath(), Path.GetFileName(file) + "*"))
            File.Delete(left);

        Assert.Equal(78, exitCode);
        var line = Assert.Single(error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("ASPNETCORE_URLS", line);
        Assert.Contains($"127.0.0.1:{port}", line);
    }

    [Fact]
    public async Task A_database_that_is_about_to_be_created_is_waited_for()
    {
        await using var station = await Station.Create(output);
        var name = $"later_{Guid.NewGuid():N}";
        station.Settings["Storage:ConnectionString"] += $";database={name}";
        await using var evaluator = RunningService.Start("Evaluator", station.Settings);
        await evaluator.UntilSays(HttpStatusCode.ServiceUnavailable, "the database refuses our login");
        Assert.Contains($"Unknown database '{name}'", evaluator.Said);

        await station.Count($"create database {name}; select 0");
        await evaluator.UntilSays(HttpStatusCode.OK, "\"database\":\"ok\"");

        await station.Count($"drop database {name}; select 0");
    }

    [Fact]
    public async Task A_service_that_waits_for_its_database_ends_when_it_is_told_to()
    {
        await using var evaluator = RunningService.Start("Evaluator", Right.ToDictionary(s => s.Key, s => (string?)s.Value));
        await evaluator.UntilSays(HttpStatusCode.ServiceUnavailable, "the database does not answer");
        evaluator.Terminate();
        Assert.Equal(0, await evaluator.Ended());
    }

    // An unknown key is named by its last part and its section.
    static bool Names(string line, string key) => line.Contains(key) || (line.Contains("unknown setting") && line.Contains(key.Split("__")[^1]));
}
