using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sigma.OperatorConsole.Access;
using Sigma.ServiceTests.Notifier;
using Sigma.Simulator.Faults;

namespace Sigma.ServiceTests.Console.Operations;

public sealed class Deliveries_of_the_console
{
    readonly Guid _alert = Guid.NewGuid();

    [Fact]
    public async Task Are_settled_by_operators_on_the_page_and_by_the_API()
    {
        await using var notifier = await Uncertain();
        await using var console = await ConsoleSession.Beside(notifier);
        var browser = await console.Browser(Role.Operator);

        var page = await ConsoleSession.Page(browser, "system/deliveries?state=uncertain");
        Assert.Contains("incerta", page);
        var id = page[(page.IndexOf("value=\"arrived ", StringComparison.Ordinal) + "value=\"arrived ".Length)..][..36];
        Assert.DoesNotContain("value=\"arrived ", await ConsoleSession.Page(await console.Browser(Role.Viewer), "system/deliveries"));
        using (var settled = await ConsoleSession.Send(browser, "system/deliveries", "decide", ("Decision", $"arrived {id}")))
            Assert.Equal(HttpStatusCode.Redirect, settled.StatusCode);
        await notifier.Until(_alert, "whatsapp raised: sent");
        using (var again = await ConsoleSession.Send(browser, "system/deliveries", "decide", ("Decision", $"arrived {id}")))
            Assert.Contains("it is not uncertain", await ConsoleSession.Text(again));
        Assert.Matches("\"state\":\"uncertain\".* -> .*\"arrived\"", Assert.Single(await console.Audit("delivery.settle")));

        var http = await console.Program(Role.Operator);
        Assert.Equal("sent", (await http.GetFromJsonAsync<JsonElement>($"deliveries?alert={_alert}"))[0].GetProperty("state").GetString());
        Assert.Equal(HttpStatusCode.Conflict, (await http.PostAsJsonAsync($"deliveries/{id}/settle", new { arrived = true })).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await http.PostAsync($"deliveries/{id}/retry", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await http.PostAsync($"deliveries/{Guid.NewGuid()}/give-up", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await (await console.Program(Role.Viewer)).PostAsync($"deliveries/{id}/retry", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden,
            (await (await console.Program(Role.Operator, ("account", "7"))).GetAsync("deliveries")).StatusCode);
    }

    async Task<NotifierSession> Uncertain()
    {
        var notifier = await NotifierSession.Start(("Api:Key", ConsoleSession.Key), ("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"),
            ("Notifier:Channels:WhatsApp:WhenUncertain", "AskAPerson"), ("ChatPro:Patience:Timeout", "00:00:01"));
        notifier.Simulator.Faults.Add(new Fault { Path = "*/send_message", Kind = FaultKind.DoneThenHang, Count = 1 });
        await notifier.Publish(NotifierSession.Raised(_alert));
        await notifier.Until(_alert, "whatsapp raised: uncertain");
        return notifier;
    }
}
