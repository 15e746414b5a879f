using System.Net;
using System.Net.Http.Json;
using static Sigma.ServiceTests.Simulator.SimulatorSession;

namespace Sigma.ServiceTests.Simulator;

public sealed class Segware_alarm_events
{
    private static object Body(string account, long companyId, string text = "Excesso de eventos") => new
    {
        events = new[]
        {
            new
            {
                account, companyId, code = "E702", auxiliary = "0", partition = "000", eventId = "167681000",
                protocolType = "CONTACT_ID", complement = text, eventLog = text,
            },
        },
    };

    [Fact]
    public async Task Are_kept_as_posted_and_come_back_in_the_feed()
    {
        await using var sim = await Start();
        var account = sim.App.Segware.Accounts.Get(4321);

        using var answer = await sim.Segware.PostAsJsonAsync("/v3/events/alarm", Body(account.AccountCode, account.CompanyId));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var posted = Assert.Single(sim.App.Received.AlarmEvents);
        Assert.Equal((4321, "E702", "167681000"), (posted.AccountId, posted.Item.Code, posted.Item.EventId));
        var back = Assert.Single(await sim.Events(Noon, Noon));
        Assert.Equal((4321, "E702"), (back.GetProperty("accountId").GetInt64(), back.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Do_not_come_back_when_the_switch_says_so()
    {
        await using var sim = await Start(o => (o.Segware.InjectedEventsComeBack, o.Segware.AlarmStatus) = (false, 202));
        var account = sim.App.Segware.Accounts.Get(1);

        using var answer = await sim.Segware.PostAsJsonAsync("/v3/events/alarm", Body(account.AccountCode, account.CompanyId));

        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Single(sim.App.Received.AlarmEvents);
        Assert.Empty(await sim.Events(Noon, Noon));
    }

    [Fact]
    public async Task Are_refused_when_incomplete_unreadable_or_too_long()
    {
        await using var sim = await Start();

        using var incomplete = await sim.Segware.PostAsJsonAsync("/v3/events/alarm", Body("", 1));
        using var empty = await sim.Segware.PostAsJsonAsync("/v3/events/alarm", new { events = Array.Empty<object>() });
        using var unreadable = await sim.Segware.PostAsync("/v3/events/alarm", new StringContent("account=1"));
        using var tooLong = await sim.Segware.PostAsJsonAsync("/v3/events/alarm", Body("0001", 1, new string('x', 256)));

        Assert.All([incomplete, empty, unreadable, tooLong], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Empty(sim.App.Received.AlarmEvents);
    }
}
