using System.Net;
using Microsoft.AspNetCore.Builder;
using Sigma.IntegrationTests.Stations;

namespace Sigma.IntegrationTests.Gateway.Core;

/// <summary>What people change at one gateway counts at the other.</summary>
public sealed class Integrations_of_two_gateways(ITestOutputHelper output)
{
    static readonly TimeSpan Seconds = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Are_let_in_by_the_new_key_and_not_by_the_former_one_within_seconds()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("how soon the other knows it");
        var (one, other) = await Start(station);
        using Sender sender = new();
        var first = KeyOf(await Put(sender, one, "medium"));
        await UntilAnswered(sender, other, first, HttpStatusCode.OK);

        var second = KeyOf(await sender.Ask(one, HttpMethod.Post, "integrations/till/key", new { by = "ana", formerCounts = false }));
        await UntilAnswered(sender, other, second, HttpStatusCode.OK);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Send(sender, other, first)).Status);

        Assert.Equal(HttpStatusCode.OK, (await sender.Ask(other, HttpMethod.Delete, "integrations/till?by=ana")).Status);
        await UntilAnswered(sender, one, second, HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Are_changed_at_both_at_once_one_change_after_the_other()
    {
        await using var station = await Station.Create(output);
        station.WithoutFaults("each answer is the subject");
        var (one, other) = await Start(station);
        using Sender sender = new();
        var answers = await Task.WhenAll(from severity in (string[])["low", "medium", "high", "critical"]
                                         from gateway in (Uri[])[one, other]
                                         select Put(sender, gateway, severity));
        Assert.All(answers, answer => Assert.True(answer.Status == HttpStatusCode.OK, answer.Text));
        Assert.Single(answers, answer => answer.Body().TryGetProperty("key", out _));
        var changes = await station.Count("select count(*) from gateway_revisions");
        Assert.Equal(changes, await station.Count("select revision from gateway_books"));
        Assert.Equal(changes, await station.Count("select count(distinct revision) from gateway_revisions"));
    }

    static async Task<(Uri One, Uri Other)> Start(Station station)
    {
        station.Integrations();
        return ((await station.StartGateway()).Address(), (await station.StartGateway()).Address());
    }

    static Task UntilAnswered(Sender sender, Uri gateway, string key, HttpStatusCode status) => Await.Until(() => Send(sender, gateway, key),
        answer => answer.Status == status, $"the gateway answers {status}", Seconds);

    static Task<Answer> Send(Sender sender, Uri gateway, string key) => sender.Send(gateway, "till", Bodies.Firing("generic", "a"), key);

    static Task<Answer> Put(Sender sender, Uri gateway, string severity) => sender.Ask(gateway, HttpMethod.Put, "integrations/till",
        new { integration = new { name = "till", kind = "generic", defaultSeverity = severity }, by = "ana" });

    static string KeyOf(Answer answer) => answer.Body().GetProperty("key").GetString()!;
}
