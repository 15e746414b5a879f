using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Sigma.Gateway;
using Sigma.IntegrationTests.Stations;
using Sigma.TestServers;
using Sigma.TestServers.Processes;

namespace Sigma.IntegrationTests.Gateway;

/// <summary>Debian's Prometheus with us as its Alertmanager and as the end of its remote write, and its amtool.</summary>
public sealed class Prometheus_and_amtool(ITestOutputHelper output)
{
    const string AlertsKey = "key-of-the-prometheus", SamplesKey = "key-of-the-remote-write", ApiKey = "a key of the tests";

    [SenderFact]
    public async Task Have_an_alert_raised_listed_silenced_and_cleared()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("Prometheus does not send again what it was refused, and tells of the end for a few minutes only");
        await station.StartSimulator();
        station.Settings["Api:Key"] = ApiKey;
        var evaluator = await station.StartEvaluator();
        var notifier = await station.StartNotifier();
        var gateway = await StartGateway(station, ("Evaluator", evaluator.Urls.First()), ("Notifier", notifier.Urls.First()));
        await using var watched = await Watched.Start();
        watched.Broken = 1;
        await using var prometheus = await PrometheusServer.Start(Files(watched, gateway));

        await station.Alerts.UntilRaised(1);
        var raised = station.Alerts.Raised.Single();
        Assert.Equal(("Broken", "critical", "prometheus", "it broke"), (raised.Label("alertname"), Text(raised, "severity"), Text(raised, "source"),
            Text(raised, "summary")));

        var address = new UriBuilder(gateway.Urls.First()) { UserName = "any", Password = AlertsKey }.Uri.ToString();
        Assert.Equal("Broken", Assert.Single(await Query(address, "alert", "query")).GetProperty("labels").GetProperty("alertname").GetString());
        var silence = (await Amtool(address, "silence", "add", "alertname=Broken", "--duration=1h", "--author=Ana", "--comment=repair")).Trim();
        var found = Assert.Single(await Query(address, "silence", "query"));
        Assert.Equal((silence, "repair"), (found.GetProperty("id").GetString(), found.GetProperty("comment").GetString()));
        Assert.Empty(await Query(address, "alert", "query", "--active"));
        Assert.Single(await Query(address, "alert", "query", "--silenced"));
        await Amtool(address, "silence", "expire", silence);
        Assert.Empty(await Query(address, "silence", "query"));
        Assert.Single(await Query(address, "alert", "query", "--active"));

        watched.Broken = 0;
        await station.Alerts.UntilCleared(1);
        Assert.Equal("resolved", Text(station.Alerts.Cleared.Single(), "reason"));
        Assert.Single(station.Alerts.Raised);
        Assert.Empty(await Query(address, "alert", "query"));
    }

    [SenderFact]
    public async Task Have_a_limit_watched_by_remote_write()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("how soon it is raised");
        station.Settings["Evaluator:Rules:0:Name"] = "broken";
        station.Settings["Evaluator:Rules:0:Kind"] = "threshold";
        station.Settings["Evaluator:Rules:0:Source"] = "remote-write";
        station.Settings["Evaluator:Rules:0:Series"] = "broken";
        station.Settings["Evaluator:Rules:0:GroupBy"] = "job,site";
        station.Settings["Evaluator:Rules:0:Limit"] = "1";
        await station.StartEvaluator();
        var gateway = await StartGateway(station);
        await using var watched = await Watched.Start();
        await using var prometheus = await PrometheusServer.Start(Files(watched, gateway));
        await Await.Until(() => station.Count("select count(*) from evaluator_series"), series => series > 0, "the series is known");

        watched.Broken = 7;
        await station.Alerts.UntilRaised(1);
        var raised = station.Alerts.Raised.Single();
        Assert.Equal(("watched", "north", 7), (raised.Label("job"), raised.Label("site"), raised.Message.GetProperty("value").GetDouble()));
        watched.Broken = 0;
        await station.Alerts.UntilCleared(1);
    }

    static Task<WebApplication> StartGateway(Station station, params (string Name, string Url)[] services)
    {
        (string, string, string)[] integrations = [("prometheus", "alertmanager", AlertsKey), ("remote-write", "metrics", SamplesKey)];
        foreach (var (index, (name, kind, key)) in integrations.Index())
        {
            station.Settings[$"Gateway:Integrations:{index}:Name"] = name;
            station.Settings[$"Gateway:Integrations:{index}:Kind"] = kind;
            station.Settings[$"Gateway:Integrations:{index}:Key"] = key;
            station.Settings[$"Gateway:Integrations:{index}:Labels:site"] = "north";
        }
        foreach (var (name, url) in services)
            station.Settings[$"Gateway:{name}"] = url;
        return station.Start("gateway", service => service.AddGateway());
    }

    static Dictionary<string, string> Files(Watched watched, WebApplication gateway) => new()
    {
        ["prometheus.yml"] =
            $$"""
              global: { scrape_interval: 1s, evaluation_interval: 1s }
              rule_files: [rules.yml]
              scrape_configs:
                - { job_name: watched, static_configs: [{ targets: ["{{watched.Authority}}"] }] }
              alerting:
                alertmanagers:
                  - static_configs: [{ targets: ["{{new Uri(gateway.Urls.First()).Authority}}"] }]
                    basic_auth: { username: any, password: {{AlertsKey}} }
              remote_write:
                - url: {{gateway.Urls.First()}}/api/v1/write
                  authorization: { credentials: {{SamplesKey}} }
                  queue_config: { batch_send_deadline: 1s }
              """,
        ["rules.yml"] =
            """
            groups:
              - name: all
                rules:
                  - alert: Broken
                    expr: broken == 1
                    labels: { severity: critical }
                    annotations: { summary: it broke }
            """,
    };

    static async Task<List<JsonElement>> Query(string address, params string[] arguments) =>
        [.. JsonDocument.Parse(await Amtool(address, [.. arguments, "--output=json"])).RootElement.EnumerateArray()];

    static async Task<string> Amtool(string address, params string[] arguments)
    {
        var outcome = await CommandLine.Run(CommandLine.Find("amtool")!, [$"--alertmanager.url={address}", .. arguments], CancellationToken.None);
        Assert.True(outcome.ExitCode == 0, outcome.Output + outcome.Error);
        return outcome.Output;
    }

    static string? Text(AmqpMessage alert, string name) => alert.Message.GetProperty(name).GetString();
}
