using System.Text.Json;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Gateway.Logs;

/// <summary>The exporter of OpenTelemetry in our own services sends their logs to the gateway.</summary>
public sealed class Our_own_services_send(ITestOutputHelper output)
{
    [Fact]
    public async Task Their_logs_reach_the_archive()
    {
        await using var station = await LogStation.Start(output, ["own"]);
        await using var evaluator = RunningService.Start("Evaluator", station.Station.Settings,
            ("OTEL_EXPORTER_OTLP_ENDPOINT", station.Gateway.ToString()), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_HEADERS", $"Authorization=Bearer {LogStation.Key}"), ("OTEL_BLRP_SCHEDULE_DELAY", "200"));
        var lines = await station.Lines("own", 1);
        Assert.All(lines, line => Assert.Equal("sigma-evaluator", Label(line, "service")));
        Assert.Contains(lines, line => line.GetProperty("level").GetString() == "info");
        Assert.All(lines, line => Assert.NotEmpty(line.GetProperty("text").GetString()!));
    }

    static string? Label(JsonElement line, string name) => line.GetProperty("labels").GetProperty(name).GetString();
}
