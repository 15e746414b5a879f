using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Sigma.BrowserTests;

[Collection(SharedStationTests.Name)]
public sealed class Routes_and_windows(SharedStation shared)
{
    [BrowserFact]
    public async Task A_maintenance_window_is_planned_shows_what_it_holds_and_stands_on_the_calendar()
    {
        await shared.Station.Excess("4740");
        var page = await shared.Station.SignedIn();
        await page.GotoAsync("/?account=4740");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);

        await page.GotoAsync("/silences");
        await page.ClickAsync("text=New maintenance window");
        await page.FillAsync("#window-name", "works-4740");
        await page.FillAsync("#matchers", "account=4740");
        await page.FillAsync("#hours", "whenever");
        await page.Locator("form:has(#window-name) button").First.ClickAsync();
        await Expect(page.Locator(".problem")).ToBeVisibleAsync();
        await page.FillAsync("#hours", "00:00-24:00");
        await page.Locator("form:has(#window-name) button").First.ClickAsync();
        await Expect(page.Locator("section[aria-live] table tbody tr")).ToHaveCountAsync(1);
        await Expect(page.Locator("section[aria-live]")).ToContainTextAsync("It would hold 1 alert");
        await page.FillAsync("#why", "the panel is replaced");
        await page.Locator("form:has(#window-name) button.primary").ClickAsync();

        await Expect(page.Locator(".done")).ToBeVisibleAsync();
        await Expect(page.Locator("svg.calendar .calendar-maintenance").First).ToBeVisibleAsync();
        var row = page.Locator("tr").Filter(new() { HasText = "works-4740" });
        await Expect(row).ToContainTextAsync("00:00-24:00");
        await Expect(row.Locator(".chip.good")).ToBeVisibleAsync();

        await row.Locator("a").ClickAsync();
        await Expect(page.Locator("#matchers")).ToHaveValueAsync("account=4740");
        await page.Locator("button.danger").ClickAsync();
        await Expect(page.Locator(".done")).ToBeVisibleAsync();
        await Expect(page.Locator("main")).Not.ToContainTextAsync("works-4740");
    }

    [BrowserFact]
    public async Task A_route_is_made_by_a_form_tried_changed_and_taken_away()
    {
        var page = await shared.Station.SignedIn();
        await page.GotoAsync("/routes");
        await page.ClickAsync("text=New route");
        await page.FillAsync("#route-name", "night-watch");
        await page.FillAsync("#route-matchers", "account=4741\nseverity=critical");
        await page.SelectOptionAsync("#route-receiver", new SelectOptionValue { Index = 1 });
        await page.CheckAsync("[name='Form.Continue']");
        await page.FillAsync("#why", "to try it");
        await page.Locator("form:has(#route-name) button.primary").ClickAsync();
        await Expect(page.Locator(".done")).ToBeVisibleAsync();
        await Expect(page.Locator("ol.routes")).ToContainTextAsync("night-watch");

        await page.GotoAsync("/routes/test");
        await page.FillAsync("#labels", "account=4741");
        await page.FillAsync("[name=severity]", "critical");
        await page.Locator("form[action='routes/test'] button.primary").ClickAsync();
        await Expect(page.Locator("article.told").First).ToContainTextAsync("night-watch");

        await page.GotoAsync("/routes/route?name=night-watch");
        await Expect(page.Locator("#route-matchers")).ToHaveValueAsync("account=4741\nseverity=critical");
        await Expect(page.Locator("[name='Form.Continue']")).ToBeCheckedAsync();
        await page.FillAsync("#route-matchers", "account=4741");
        await page.Locator("form:has(#route-name) button.primary").ClickAsync();
        await Expect(page.Locator(".done")).ToBeVisibleAsync();

        await page.GotoAsync("/routes/history");
        await page.Locator("[data-open]").First.ClickAsync();
        await Expect(page.Locator("#difference table")).ToContainTextAsync("Routes.night-watch.Matchers");

        await page.GotoAsync("/routes/route?name=night-watch");
        await page.Locator("button.danger").ClickAsync();
        await Expect(page.Locator("main")).Not.ToContainTextAsync("night-watch");
    }

    [BrowserFact]
    public async Task A_test_of_a_receiver_shows_its_receipt()
    {
        var page = await shared.Station.SignedIn();
        await page.GotoAsync("/receivers");
        await page.Locator("button[name=Integration][value=whatsapp]").ClickAsync();
        var result = page.Locator("[role=status].done");
        await Expect(result).ToContainTextAsync("whatsapp");
        await Expect(result.Locator("code")).Not.ToBeEmptyAsync();
    }

    [BrowserFact]
    public async Task Inhibitions_and_escalations_are_made_by_forms_changed_and_taken_away()
    {
        var page = await shared.Station.SignedIn();
        await page.GotoAsync("/routes");
        await page.ClickAsync("text=New inhibition");
        await page.FillAsync("#inhibition-name", "provider-4742");
        await page.FillAsync("#inhibition-source", "rule=provider-down");
        await page.FillAsync("#inhibition-target", "this is no condition");
        await page.Locator("form:has(#inhibition-name) button.primary").ClickAsync();
        await Expect(page.Locator(".problem")).ToBeVisibleAsync();
        await page.FillAsync("#inhibition-target", "account=4742");
        await page.FillAsync("#inhibition-equal", "provider");
        await page.Locator("form:has(#inhibition-name) button.primary").ClickAsync();
        await Expect(page.Locator(".done")).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("provider-4742");

        await page.ClickAsync("text=New escalation");
        await page.FillAsync("#escalation-name", "chain-4742");
        await page.FillAsync("#after-1", "soon");
        await page.SelectOptionAsync("[name='Form.Steps[0].Receiver']", new SelectOptionValue { Index = 1 });
        await page.Locator("form:has(#escalation-name) button.primary").ClickAsync();
        await Expect(page.Locator(".problem")).ToContainTextAsync("soon");
        await page.FillAsync("#after-1", "15 min");
        await page.FillAsync("#escalation-repeat", "2");
        await page.Locator("form:has(#escalation-name) button.primary").ClickAsync();
        await Expect(page.Locator(".done")).ToBeVisibleAsync();
        await Expect(page.Locator("main")).ToContainTextAsync("repeated 2 times");

        await page.GotoAsync("/routes/route");
        await Expect(page.Locator("#route-escalation")).ToContainTextAsync("chain-4742");
        await page.GotoAsync("/routes/escalation?name=chain-4742");
        await Expect(page.Locator("#after-1")).ToHaveValueAsync("00:15:00");
        await page.ClickAsync("button.danger");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("chain-4742");
        await page.ClickAsync("text=provider-4742");
        await Expect(page.Locator("#inhibition-target")).ToHaveValueAsync("account=4742");
        await page.ClickAsync("button.danger");
        await Expect(page.Locator("main")).Not.ToContainTextAsync("provider-4742");
    }
}
