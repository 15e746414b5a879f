using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Sigma.Evaluator;
using Sigma.Fetcher;
using Sigma.Notifier;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Access;
using Sigma.ServiceTests.Notifier;
using Sigma.Simulator;

namespace Sigma.ServiceTests.Console.Operations;

public sealed class System_of_the_console
{
    static readonly (string Address, string Portuguese, string English)[] Pages =
    [
        ("silences", "Silêncios", "Silences"), ("silences/new", "Novo silêncio", "New silence"), ("routes", "Rotas", "Routes"),
        ("routes/test", "Para quem iria", "Where would an alert go"), ("routes/edit", "Editar as rotas", "Edit the routes"),
        ("routes/history", "Histórico das rotas", "History of the routes"), ("receivers", "Destinatários", "Receivers"),
        ("sources", "Origens", "Sources"), ("system", "Serviços", "Services"), ("system/deliveries", "Entregas", "Deliveries"),
        ("system/queues", "não há filas", "there are no queues"), ("system/drills", "Um simulado envia", "A drill sends"),
    ];

    [Fact]
    public async Task Is_shown_in_both_languages_also_while_every_other_service_is_away()
    {
        await using var console = await ConsoleSession.Start(service => service.AddConsole());
        var browser = await console.Browser(Role.Operator);
        foreach (var (address, portuguese, english) in Pages)
        {
            Assert.Contains(portuguese, await ConsoleSession.Page(browser, address));
            Assert.Contains(english, await ConsoleSession.Page(browser, address, "en"));
        }
        Assert.Contains("O notificador não responde", await ConsoleSession.Page(browser, "silences"));
        var system = await ConsoleSession.Page(browser, "system");
        Assert.Contains("Sem resposta de avaliador", system);
        Assert.Contains(">console<", system);
        Assert.Contains("pronto", system);
        Assert.Contains("Caixa de saída", system);
    }

    [Fact]
    public async Task Is_not_for_whoever_sees_a_part()
    {
        await using var console = await ConsoleSession.Start(service => service.AddConsole());
        var browser = await console.Browser(Role.Engineer, ("account", "7"));
        foreach (var address in Pages.Select(page => page.Address).Append($"system/drills/{Guid.NewGuid()}").Append("routes/history/1")
            .Append("system/queues/notifier.alerts_error"))
        {
            using var refused = await browser.GetAsync(address);
            Assert.True(refused.StatusCode == HttpStatusCode.Forbidden, $"{address}: {refused.StatusCode}");
        }
        var http = await console.Program(Role.Administrator, ("account", "7"));
        foreach (var address in (string[])["silences", "routes", "routes/history", "routes/history/1", "receivers", "deliveries", "system/health",
            "system/coverage", "system/outbox", "system/queues", "system/queues/notifier.alerts_error/messages", $"system/drills/{Guid.NewGuid()}"])
            Assert.True((await http.GetAsync(address)).StatusCode == HttpStatusCode.Forbidden, address);
    }

    [Fact]
    public async Task Tells_the_health_of_each_service_by_its_own_word()
    {
        await using var notifier = await NotifierSession.Start(("Api:Key", ConsoleSession.Key));
        await using var console = await ConsoleSession.Beside(notifier);
        var http = await console.Program(Role.Viewer);

        var health = (await http.GetFromJsonAsync<JsonElement>("system/health")).EnumerateArray()
            .ToDictionary(one => one.GetProperty("services")[0].GetString()!);

        Assert.Equal("ok", health["console"].GetProperty("status").GetString());
        Assert.Equal("ok", health["console"].GetProperty("checks").GetProperty("database").GetString());
        Assert.NotEmpty(health["notifier"].GetProperty("version").GetString()!);
        Assert.False(health["evaluator"].TryGetProperty("status", out _));
        Assert.NotEmpty(health["evaluator"].GetProperty("problem").GetString()!);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("system/coverage")).StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await http.GetAsync("system/queues")).StatusCode);
    }

    [Fact]
    public async Task Sends_a_drill_the_whole_way_and_shows_the_coverage_of_a_station_in_one_process()
    {
        await using var simulator = await SimulatorApp.Start();
        await using var console = await ConsoleSession.Start(
            service => service.AddFetcher().AddEvaluator().AddNotifier().AddConsole(),
            ("Console:Evaluator", ""), ("Console:Notifier", ""), ("Console:Fetcher", ""), ("Segware:BaseUrl", simulator.Url.ToString()),
            ("Segware:BearerToken", simulator.Options.Token), ("ChatPro:BaseUrl", simulator.Url.ToString()), ("ChatPro:InstanceId", "chatpro-1"),
            ("ChatPro:Recipient", NotifierSession.Recipient), ("ChatPro:Token", simulator.Options.ChatProToken),
            ("Notifier:Channels:SegwareAlarmEvent:Enabled", "false"));
        var browser = await console.Browser(Role.Operator);

        using var started = await ConsoleSession.Send(browser, "system/drills", "drill", ("Channels", ""));
        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
        var page = started.Headers.Location!.ToString();
        using (var second = await ConsoleSession.Send(browser, "system/drills", "drill", ("Channels", "")))
            Assert.Contains("a drill is under way", await ConsoleSession.Text(second));
        var id = page[(page.LastIndexOf('/') + 1)..];
        var http = await console.Program(Role.Viewer);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.PostAsJsonAsync("system/drills", new { })).StatusCode);
        await Await.Until(async () => (await http.GetFromJsonAsync<JsonElement>($"system/drills/{id}")).TryGetProperty("verdict", out var verdict)
            ? verdict.GetString() : null, verdict => verdict is not null, "the drill ends", TimeSpan.FromSeconds(90));

        var shown = await ConsoleSession.Page(browser, page);
        Assert.Contains("O simulado passou.", shown);
        Assert.Contains("whatsapp", shown);
        await Await.Until(async () => await ConsoleSession.Page(browser, "sources"), sources => sources.Contains("coverage-covered\" x="),
            "minutes are covered", TimeSpan.FromSeconds(60));
        Assert.Contains("coletor", await ConsoleSession.Page(browser, "system"));
    }
}
