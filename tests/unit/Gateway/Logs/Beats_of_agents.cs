using Sigma.Gateway.Integrations;
using Sigma.Gateway.Logs.Lines;
using Sigma.Gateway.Logs.Plain;

namespace Sigma.UnitTests.Gateway.Logs;

public sealed class Beats_of_agents
{
    [Fact]
    public void Makes_one_beat_for_each_agent_among_the_lines()
    {
        var beats = Beats(["host", "service"], """{"host":"a"}{"host":"b"}{"host":"a"}{"service":"s"}{"msg":"nobody's"}{"host":"a","service":"t"}""");
        Assert.Equal(["agent=a host=a site=x", "agent=b host=b site=x", "agent=s service=s site=x"], beats);
    }

    [Fact]
    public void Makes_none_where_no_label_says_who_wrote_a_line() => Assert.Empty(Beats([], """{"host":"a"}"""));

    static List<string> Beats(string[] agent, string body)
    {
        var integration = new Integration
        {
            Name = "logs", Kind = IntegrationKind.Logs, Agent = agent, Labels = new Dictionary<string, string> { ["site"] = "x" },
        };
        var lines = Reading.Lines(integration);
        new PlainReader(lines, Reading.Known()).Read(Reading.Utf8(body), null);
        var beats = AgentBeats.Of(integration, lines.Lines, Reading.Now);
        Assert.All(beats, beat => Assert.Equal(Reading.Now, beat.At));
        return [.. beats.Select(beat => string.Join(" ", beat.Labels.OrderBy(l => l.Key, StringComparer.Ordinal).Select(l => $"{l.Key}={l.Value}")))];
    }
}
