using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Sigma.Notifier.Routing;
using static Sigma.ServiceTests.Notifier.NotifierSession;

namespace Sigma.ServiceTests.Notifier;

public sealed class Made_routes
{
    readonly ShiftedClock _clock = new();

    [Fact]
    public async Task Are_in_force_within_two_seconds_and_can_be_taken_back()
    {
        await using var notifier = await Start(_clock, Settings);
        var edits = Edits(notifier);
        Assert.Equal("operators raised: sent", await Told(notifier));

        Assert.Equal(1, await edits.Put(Policy(), "Ana", "the operators are on holiday", default));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("owner raised: sent", await Told(notifier));
        Assert.Null(await edits.Put(Policy(), "Ana", null, default)); // it says so already
        Assert.Equal(2, await edits.Put(new(), "Rui", null, default));
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("operators raised: sent", await Told(notifier));
        Assert.Equal(3, await edits.RollBack(1, "Ana", null, default));
        await notifier.Restart(Settings);
        Assert.Equal("owner raised: sent", await Told(notifier));

        Assert.Equal(["rolled back to 1 by Ana", "changed by Rui", "changed by Ana"],
            (await edits.History(10, default)).Select(change => $"{change.Change} by {change.By}"));
        Assert.Equal("made", Assert.Single((await edits.Made(default)).Routes).Name);
    }

    [Fact]
    public async Task That_do_not_fit_are_refused_and_change_nothing()
    {
        await using var notifier = await Start(_clock, Settings);
        var edits = Edits(notifier);

        var refused = await Assert.ThrowsAsync<PolicyTextException>(() => edits.Put(new()
        {
            Routes = [new() { Name = "provided" }, new() { Name = "a", Parent = "b", Receiver = "nobody", Escalation = "none" }],
        }, "Ana", null, default));

        Assert.Equal(
            [
                "Routes.0.Name is provided, which one of the settings has already", "Routes.1.Parent is b, which is no route that stands before it",
                "Routes.1.Receiver is nobody, which is none of the receivers: first, second", "Routes.1.Escalation is none, which is no escalation",
            ], refused.Faults);
        Assert.Equal(["Routes.0.Matchers.0 is not a matcher: write name=value, name!=value, name=~pattern or name!~pattern, not code"],
            Assert.Throws<PolicyTextException>(() => PolicyText.Read("""{ "routes": [{ "name": "a", "matchers": ["code"] }] }""")).Faults);
        Assert.All((string[])["null", """{ "routes": null }""", """{ "routes": [null] }""", """{ "routes": [{ "matchers": [null] }] }"""],
            text => Assert.StartsWith("has a null in it", Assert.Throws<PolicyTextException>(() => PolicyText.Read(text)).Message));
        Assert.StartsWith("cannot be read: The JSON property 'reciever' could not be mapped",
            Assert.Throws<PolicyTextException>(() => PolicyText.Read("""{ "routes": [{ "name": "a", "reciever": "b" }] }""")).Message);
        Assert.Empty(await edits.History(10, default));
    }

    [Fact]
    public async Task That_fit_the_settings_no_more_leave_the_settings_alone_in_force()
    {
        await using var notifier = await Start(_clock, Settings);
        await Edits(notifier).Put(Policy(), "Ana", null, default);

        await notifier.Restart([.. Settings.Where(s => !s.Item1.StartsWith("Notifier:Receivers:1"))]);

        Assert.Equal("operators raised: sent", await Told(notifier));
    }

    static readonly (string, string)[] Settings =
    [
        ("Notifier:Receivers:0:Name", "first"), ("Notifier:Receivers:0:Integrations:0:Name", "operators"),
        ("Notifier:Receivers:0:Integrations:0:Type", "whatsapp"),
        ("Notifier:Receivers:0:Integrations:0:ChatPro:Recipient", "120363000000000000@g.us"),
        ("Notifier:Receivers:1:Name", "second"), ("Notifier:Receivers:1:Integrations:0:Name", "owner"),
        ("Notifier:Receivers:1:Integrations:0:Type", "whatsapp"), ("Notifier:Receivers:1:Integrations:0:ChatPro:Recipient", "5511999990000"),
        ("Notifier:Routes:0:Name", "provided"),
    ];

    static PolicyOptions Policy() => new()
    {
        Routes = [new() { Name = "made", Matchers = ["severity=warning"], Receiver = "second" }],
        Escalations = [new() { Name = "chain", Steps = [new() { After = TimeSpan.FromMinutes(10), Receiver = "first" }] }],
    };

    PolicyEdits Edits(NotifierSession notifier) => new(notifier.Database, notifier.Services.GetRequiredService<IConfiguration>(), _clock);

    static async Task<string> Told(NotifierSession notifier)
    {
        var alert = Guid.NewGuid();
        await notifier.Publish(Raised(alert));
        await notifier.Until(async () => await notifier.Deliveries(alert) is [var only] && only.EndsWith("sent"), "one is told");
        return (await notifier.Deliveries(alert)).Single();
    }
}
