using Sigma.OperatorConsole.Drills;

namespace Sigma.UnitTests.Console.Operations;

public sealed class Hops_of_a_drill
{
    static readonly DateTimeOffset Asked = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero), Soon = Asked.AddSeconds(5), Late = Asked.AddMinutes(6);
    static readonly OrderedDrill Drill = new() { Id = Guid.NewGuid(), AskedAt = Asked };

    [Fact]
    public void Wait_while_nothing_has_come_and_fail_when_the_time_is_over()
    {
        Assert.Null(DrillProgress.Of(Drill, null, null, Soon).Verdict);
        Assert.All(DrillProgress.Of(Drill, null, null, Soon).Hops, hop => Assert.Equal("waits", hop.State));
        Assert.Equal("failed", DrillProgress.Of(Drill, null, null, Late).Verdict);
    }

    [Fact]
    public void Pass_when_all_came_and_somebody_was_told()
    {
        var done = Drill with { TakenAt = Soon, PublishedAt = Soon };
        DrillDelivery raised = new("whatsapp", "raised", "sent", null, "R1"), cleared = new("whatsapp", "cleared", "sent", null, "R2");
        var underWay = DrillProgress.Of(done, new(3, true, false), new(true, false, [raised]), Soon);
        Assert.Null(underWay.Verdict);
        Assert.Equal("R1", underWay.Hops.Single(hop => hop.Name == "told").Detail);

        Assert.Equal("passed", DrillProgress.Of(done, new(0, false, true), new(true, true, [raised, cleared]), Soon).Verdict);
        var refused = raised with { State = "failed" };
        Assert.Equal("failed", DrillProgress.Of(done, new(0, false, true), new(true, true, [refused, cleared]), Soon).Verdict);
        Assert.Equal("failed", DrillProgress.Of(done, new(0, false, true), new(true, true, []), Soon).Verdict);
    }
}
