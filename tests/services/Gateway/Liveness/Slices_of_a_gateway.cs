using Microsoft.Extensions.DependencyInjection;
using Sigma.Contracts;
using Sigma.Gateway.Integrations;
using Sigma.Gateway.Liveness;
using Sigma.Gateway.Publishing;

namespace Sigma.ServiceTests.Gateway.Liveness;

/// <summary>A gateway says in which time it was accepting, and how much came in it.</summary>
public sealed class Slices_of_a_gateway
{

    [Fact]
    public async Task Follow_each_other_and_count_what_came()
    {
        await using var gateway = await Start();
        var publisher = gateway.Services.GetRequiredService<NewsPublisher>();
        Integration agents = new() { Name = "agents", Kind = IntegrationKind.Beats };
        for (var i = 0; i < 30; i++)
        {
            await publisher.Publish(agents, [Beat($"agent-{i}", gateway.Clock)], CancellationToken.None);
            Assert.Equal(200, (await gateway.Send($$"""{"id":"a-{{i}}","status":"firing","title":"x"}""")).Status);
            await Task.Delay(50);
        }
        await Await.Until(() => Task.FromResult(gateway.News.Slices.Sum(slice => slice.Batches)), sum => sum >= 60, "all slices are reported");
        var slices = gateway.News.Slices.OrderBy(slice => slice.SliceFrom).ToList();
        Assert.All(slices.Zip(slices.Skip(1)), pair => Assert.Equal(pair.First.SliceTo, pair.Second.SliceFrom));
        Assert.Single(slices.Select(slice => slice.Gateway).Distinct());
        foreach (var slice in slices)
        {
            var numbers = gateway.News.Parts.Where(part => part.SliceFrom == slice.SliceFrom).Select(part => part.Number).Distinct().Order();
            Assert.Equal(Enumerable.Range(1, slice.Batches), numbers);
        }
        Assert.Equal(30, gateway.News.Beats.Count);
    }

    [Fact]
    public async Task In_which_something_was_refused_are_not_reported()
    {
        await using var gateway = await Start();
        var slices = gateway.Services.GetRequiredService<IntakeSlices>();
        var broken = slices.Current;
        broken.Break();
        await Await.Until(() => Task.FromResult(gateway.News.Slices.Any(slice => slice.SliceFrom > broken.From)), "it goes on");
        Assert.DoesNotContain(gateway.News.Slices, slice => slice.SliceFrom == broken.From);
    }

    [Fact]
    public async Task Are_not_reported_before_all_that_was_received_in_them_is_answered()
    {
        await using var gateway = await Start();
        var slices = gateway.Services.GetRequiredService<IntakeSlices>();
        var held = slices.Current;
        using (held.Hold())
        {
            await Await.Until(() => Task.FromResult(gateway.News.Slices.Any(slice => slice.SliceFrom > held.From)), "others are reported");
            Assert.DoesNotContain(gateway.News.Slices, slice => slice.SliceFrom == held.From);
        }
        await Await.Until(() => Task.FromResult(gateway.News.Slices.Any(slice => slice.SliceFrom == held.From)), "it is reported");
    }

    // Before the first report the process has not said that it listens.
    static async Task<GatewaySession> Start()
    {
        var gateway = await GatewaySession.Start(("Gateway:Slice", "00:00:01"));
        await Await.Until(() => Task.FromResult(gateway.News.Slices.Count), count => count >= 1, "the first slice is reported");
        return gateway;
    }

    static Beat Beat(string agent, TimeProvider time) =>
        new() { Labels = new Dictionary<string, string> { ["agent"] = agent }, At = time.GetUtcNow() };
}
