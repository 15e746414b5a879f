using Sigma.Simulator;
using Sigma.Simulator.Faults;

namespace Sigma.UnitTests.Simulator;

public sealed class Fault_texts
{
    [Fact]
    public void Say_path_kind_and_duration_in_any_order()
    {
        var faults =
            FaultText.Parse(
                "/v1/events status=503 count=3 skip=1; */send_message for=00:05:00 hang; /v1/x delay=1.5 ; /v1/y retry-after=7 method=GET;"
                + "/z redirect=/login");

        Assert.Equal(
            [
                Fault.WithStatus("/v1/events", 503) with { Count = 3, Skip = 1 },
                Fault.Hanging("*/send_message") with { For = TimeSpan.FromMinutes(5) },
                Fault.Slow("/v1/x", TimeSpan.FromSeconds(1.5)),
                Fault.TooMany("/v1/y", TimeSpan.FromSeconds(7)) with { Method = "GET" },
                Fault.Redirecting("/z", 302, "/login"),
            ],
            faults);
    }

    [Theory]
    [InlineData("/v1/events", "needs a path and a kind")]
    [InlineData("/v1/events explode", "'explode' is unknown")]
    [InlineData("/v1/events status=many", "'status=many' cannot be read")]
    [InlineData("/v1/events count=3", "kind is unknown")]
    public void Are_refused_with_a_reason_when_they_make_no_sense(string text, string why) =>
        Assert.Contains(why, Assert.Throws<SimulatorSettingsException>(() => FaultText.Parse(text)).Message);
}
