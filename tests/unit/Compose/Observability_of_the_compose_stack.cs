using System.Text.RegularExpressions;

namespace Sigma.UnitTests.Compose;

/// <summary>What the profile observability brings up finds its files, and finds whom it asks and whom it sends to.</summary>
public sealed partial class Observability_of_the_compose_stack
{
    static readonly Dictionary<string, string> Services =
        Service().Matches(ProjectFile.Read("docker-compose.yml").Split("\nservices:\n")[1].Split("\nvolumes:\n")[0])
        .ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);

    static IEnumerable<KeyValuePair<string, string>> Observability => Services.Where(s => s.Value.Contains("profiles: [observability]"));

    [Fact]
    public void Has_a_collector_and_a_store_for_each_signal_in_versions_that_do_not_change()
    {
        Assert.Equal(["collector", "grafana", "loki", "prometheus", "tempo"], Observability.Select(s => s.Key).Order());
        Assert.All(Observability, service => Assert.Matches(@"image: [\w-]+/[\w-]+:v?\d+\.\d+\.\d+\n", service.Value));
    }

    [Fact]
    public void Every_file_it_mounts_is_in_the_repository()
    {
        var mounted = Mounted().Matches(string.Concat(Observability.Select(s => s.Value))).Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(6, mounted.Count);
        Assert.All(mounted, path => Assert.NotEmpty(Directory.EnumerateFiles(ProjectFile.Path(path), "*", SearchOption.AllDirectories)));
        var given =
            Given().Matches(string.Concat(Observability.Select(s => s.Value))).Select(m => (Folder: m.Groups[1].Value, File: m.Groups[2].Value))
                .ToList();
        Assert.Equal(4, given.Count);
        Assert.All(given, config => Assert.Contains(mounted, path => File.Exists(ProjectFile.Path($"{path}/{config.File}"))));
    }

    [Fact]
    public void Prometheus_asks_every_service_and_the_broker()
    {
        var asked = ProjectFile.Read("observability/prometheus/prometheus.yml");
        string[] services = ["fetcher", "evaluator", "notifier", "archive"];
        Assert.All(services,
            service => Assert.Contains($"job_name: {service}\n    dns_sd_configs: [{{ names: [{service}], type: A, port: 8080,", asked));
        Assert.Contains("targets: [\"rabbitmq:15692\"]", asked);
        Assert.Contains("rule_files: [rules.yml]", asked);
    }

    [Fact]
    public void Every_address_in_its_files_is_a_service_of_the_stack()
    {
        var files = Directory.EnumerateFiles(ProjectFile.Path("observability"), "*.y*ml", SearchOption.AllDirectories).Select(File.ReadAllText);
        var hosts = files.SelectMany(text => Address().Matches(text)).Select(m => m.Groups[1].Value).Distinct().Where(host => host != "0.0.0.0")
            .ToList();
        Assert.Equal(["loki", "prometheus", "rabbitmq", "tempo"], hosts.Order());
        Assert.All(hosts, host => Assert.True(Services.ContainsKey(host), host));
    }

    [Fact]
    public void The_services_send_to_its_collector_with_the_line_of_the_example()
    {
        var line = Assert.Single(ProjectFile.Settings(".env.example"), s => s.Name == "OTEL_EXPORTER_OTLP_ENDPOINT");
        Assert.Equal("http://collector:4317", line.Value);
        Assert.Contains("grpc: { endpoint: 0.0.0.0:4317 }", ProjectFile.Read("observability/collector/config.yaml"));
        Assert.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", ComposeFile.Asked);
    }

    [GeneratedRegex(@"^  (\w+):\n((?:    .*\n|\s*\n|  #.*\n)+)", RegexOptions.Multiline)]
    private static partial Regex Service();

    [GeneratedRegex(@"""\./([\w/-]+):")]
    private static partial Regex Mounted();

    [GeneratedRegex(@"config(?:\.file)?=(/etc/[\w-]+)/([\w.-]+)""")]
    private static partial Regex Given();

    [GeneratedRegex(@"\b([\w.]+):(?:4317|4318|3100/otlp|3100|3200|9090|15692)\b")]
    private static partial Regex Address();
}
