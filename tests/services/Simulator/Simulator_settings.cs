using Sigma.Simulator;
using Sigma.Simulator.Scenarios;

namespace Sigma.ServiceTests.Simulator;

public sealed class Simulator_settings
{
    public static TheoryData<string, Action<SimulatorOptions>> Wrong => new()
    {
        { "Simulator:Token ", o => o.Token = " " },
        { "Simulator:EventLimit ", o => o.EventLimit = 0 },
        { "Simulator:TimeScale ", o => o.TimeScale = 0 },
        { "Simulator:Rate ", o => o.Rate = -1 },
        { "Simulator:Scenario 'brust' is none of none, steady, burst, storm, excused, late, demo.", o => o.Scenario = "brust" },
        { "Simulator:ScenarioFile cannot be read", o => o.ScenarioFile = "there-is-none.json" },
        { "Simulator:CustomScenario streams[0]: a burst needs lasts.",
            o => o.CustomScenario = new Scenario { Streams = [new EventStream { EventsPerKey = 1 }] } },
        { "Simulator:Fault ", o => o.Fault = "/v1/events" },
        { "Simulator:Webhooks:Keys ", o => o.Webhooks.Keys = "whsec_no-base64" },
        { "Simulator:Slack:MessagesPerMinute ", o => o.Slack.MessagesPerMinute = 0 },
        { "Simulator:Twilio:FinalAfter ", o => o.Twilio.FinalAfter = TimeSpan.Zero },
        { "Simulator:Prefect:AuthString ", o => o.Prefect.AuthString = "password" },
        { "Simulator:Segware:OverLimitStatus ", o => o.Segware.OverLimitStatus = 200 },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task Wrong_ones_stop_the_start_with_a_line_that_names_the_key(string line, Action<SimulatorOptions> change)
    {
        var wrong = await Assert.ThrowsAsync<SimulatorSettingsException>(() => SimulatorSession.Start(change));

        Assert.StartsWith(line, wrong.Message);
        Assert.DoesNotContain('\n', wrong.Message);
    }

    [Fact]
    public void A_mistyped_switch_is_told()
    {
        Assert.Equal("Unknown switch --scnario.", CommandLine.Complaint(["--scnario", "burst"]));
        Assert.Null(CommandLine.Complaint(["--scenario", "burst", "--seed=2", "--urls", "http://127.0.0.1:1", "--Simulator:Token=x"]));
    }

    [Fact]
    public async Task A_given_port_is_taken()
    {
        int port;
        await using (var any = await SimulatorApp.Start())
        {
            port = any.Url.Port;
        }

        await using var given = await SimulatorApp.Start(new SimulatorOptions { Port = port });

        Assert.Equal(new Uri($"http://127.0.0.1:{port}"), given.Url);
    }
}
