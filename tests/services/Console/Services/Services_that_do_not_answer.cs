using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sigma.Hosting.Api;
using Sigma.OperatorConsole;
using Sigma.OperatorConsole.Services;
using Sigma.Simulator;

namespace Sigma.ServiceTests.Console.Services;

public sealed class Services_that_do_not_answer
{
    static readonly JsonObject Five = new() { ["Name"] = "five", ["Threshold"] = 5 };

    [Fact]
    public async Task One_that_is_away_is_said_to_be_and_is_not_asked_again_at_once()
    {
        await using ScriptedServer server = new("HTTP/1.1 2");
        Moments time = new();
        EvaluatorClient evaluator = new(Calls(server.Address, time: time));

        var first = await Fails(() => evaluator.Rules(default));
        Assert.Equal((ServiceFailure.Unavailable, (int?)null, 503, "evaluator"), (first.Failure, first.Status, first.ApiStatus, first.Service));
        Assert.Equal(first.Message, (await Fails(() => evaluator.Rules(default))).Message);
        Assert.Equal(first.Message, (await Fails(() => evaluator.Alert(Guid.NewGuid(), default))).Message);
        Assert.Single(server.Requests);

        time.Advance(TimeSpan.FromSeconds(6));
        await Fails(() => evaluator.Rules(default));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task One_that_answers_again_is_asked_as_ever()
    {
        await using ScriptedServer server = new("HTTP/1.1 2",
            ScriptedServer.Answer("""{"revision":7,"rules":[],"of tomorrow":{"is":"ignored"}}"""));
        Moments time = new();
        EvaluatorClient evaluator = new(Calls(server.Address, time: time));

        await Fails(() => evaluator.Rules(default));
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(7, (await evaluator.Rules(default)).Revision);
        Assert.Empty((await evaluator.Rules(default)).Rules);
    }

    [Fact]
    public async Task One_that_is_not_there_is_said_in_the_language_of_the_page()
    {
        using TcpListener closed = new(IPAddress.Loopback, 0);
        closed.Start();
        var address = $"http://127.0.0.1:{((IPEndPoint)closed.LocalEndpoint).Port}";
        closed.Stop();
        var away = await Fails(() => new NotifierClient(Calls(address, "notifier")).Routes(default));
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = new("pt-BR");
            Assert.StartsWith("O notificador não responde: ", away.Text);
            CultureInfo.CurrentUICulture = new("en");
            Assert.StartsWith("The notifier does not answer: ", away.Text);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public async Task One_that_takes_too_long_is_not_waited_for()
    {
        await using ScriptedServer server = new([null]);
        EvaluatorClient evaluator = new(Calls(server.Address, timeout: TimeSpan.FromMilliseconds(300)));
        Assert.Equal(ServiceFailure.TimedOut, (await Fails(() => evaluator.Rules(default))).Failure);
        Assert.Equal(ServiceFailure.TimedOut, (await Fails(() => evaluator.Rules(default))).Failure);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task One_that_takes_its_time_is_waited_for_also_where_the_clock_runs_ahead()
    {
        await using ScriptedServer server = new([null]);
        var app = Microsoft.AspNetCore.Builder.WebApplication.CreateEmptyBuilder(new());
        app.WebHost.UseKestrelCore();
        app.Services.AddServiceClient().AddSingleton<TimeProvider>(new ScaledClock(80))
            .AddSingleton(Options.Create(new ConsoleOptions { Evaluator = server.Address }))
            .AddSingleton(Options.Create(new ApiOptions { Key = "a key of the tests" }));
        await using var built = app.Build();
        EvaluatorClient evaluator = new(Registration.Calls(built.Services, "evaluator", options => options.Evaluator));
        using CancellationTokenSource leaves = new(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => evaluator.Rules(leaves.Token));
    }

    [Fact]
    public async Task Who_goes_away_is_not_told_that_it_failed()
    {
        await using ScriptedServer server = new([null]);
        using CancellationTokenSource leaves = new(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new EvaluatorClient(Calls(server.Address)).Rules(leaves.Token));
    }

    [Fact]
    public async Task What_is_no_answer_is_shown_with_how_it_begins()
    {
        await using ScriptedServer server = new(
            ScriptedServer.Answer("<!doctype html>\n<title>Sign in to the proxy</title>", "text/html"),
            ScriptedServer.Answer("<h1>Bad gateway</h1>", "text/html", "502 Bad Gateway"),
            ScriptedServer.Half("""{"revision":7,"rules":[{"name":"fi"""),
            ScriptedServer.Answer("""{"revision":7,"rules":[{"name":"fi"""),
            ScriptedServer.Answer("""{"revision":7}"""),
            ScriptedServer.Answer("null"),
            ScriptedServer.Answer("", status: "404 Not Found"),
            "HTTP/1.1 302 Found\r\nLocation: http://elsewhere/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        EvaluatorClient evaluator = new(Calls(server.Address));
        foreach (var said in (string[])[
            "“<!doctype html> <title>Sign in to the proxy</title>”", "answered 502 Bad Gateway: “<h1>Bad gateway</h1>”",
            "broke off after 34 bytes: “{\"revision\":7,\"rules\":[{\"name\":\"fi”",
            "answered 34 bytes that are not what was asked for: “{\"revision\"",
            "“{\"revision\":7}”", "answered nothing", "the internal API is off there", "answered 302 Found"])
        {
            var odd = await Fails(() => evaluator.Rules(default));
            Assert.Contains(said, odd.Message);
            Assert.Equal((ServiceFailure.Unexpected, 503), (odd.Failure, odd.ApiStatus));
        }
        Assert.Equal(8, server.Requests.Count);
    }

    [Fact]
    public async Task Without_a_key_it_is_said_what_to_set_and_nobody_is_asked()
    {
        await using ScriptedServer server = new(ScriptedServer.Answer("{}"));
        var none = await Fails(() => new EvaluatorClient(Calls(server.Address, key: "")).Rules(default));
        Assert.Equal(ServiceFailure.NoKey, none.Failure);
        Assert.Contains("set Api__Key", none.Message);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Another_key_is_not_told_as_if_the_user_had_to_sign_in()
    {
        await using ScriptedServer server = new(ScriptedServer.Answer("""{"detail":"wrong"}""", "application/problem+json", "401 Unauthorized"));
        var wrong = await Fails(() => new EvaluatorClient(Calls(server.Address)).Rules(default));
        Assert.Equal((401, 503), (wrong.Status, wrong.ApiStatus));
        Assert.Contains("set the same Api__Key", wrong.Message);
        Assert.DoesNotContain("a key of", wrong.ToString());
    }

    [Fact]
    public async Task What_is_refused_is_said_as_the_service_says_it()
    {
        const string problem =
            """{"status":422,"detail":"Name is required; Limit is missing","faults":["Name is required","Limit is missing"]}""";
        await using ScriptedServer server = new(ScriptedServer.Answer(problem, "application/problem+json", "422 Unprocessable Entity"),
            ScriptedServer.Answer("""{"status":404,"detail":"There is no rule x."}""", "application/problem+json", "404 Not Found"));
        EvaluatorClient evaluator = new(Calls(server.Address));

        var refused = await Fails(() => evaluator.PutRule("a/b & c", Five, 7, "Ana", null, default));
        Assert.Equal((422, 422, ServiceFailure.Refused, 2), (refused.Status, refused.ApiStatus, refused.Failure, refused.Faults.Count));
        Assert.Equal(refused.Message, refused.Text);
        var asked = server.Requests[0];
        Assert.StartsWith("PUT /internal/evaluator/rule?name=a%2Fb%20%26%20c HTTP/1.1", asked);
        Assert.Contains("If-Match: \"7\"", asked);
        Assert.Contains("Authorization: Bearer a key of the tests", asked);
        Assert.Null(await evaluator.Rule("x", null, default));
    }

    [Fact]
    public async Task A_backtest_that_breaks_off_is_not_taken_for_a_whole_one()
    {
        const string progress = """{"kind":"progress","events":5}""" + "\n", found = """{"kind":"backtest","alerts":2,"shown":2}""" + "\n",
            alert = """{"kind":"alert","labels":{"account":"1"},"raisedAt":"2026-11-20T12:00:00Z","most":20}""" + "\n";
        await using ScriptedServer server = new(
            ScriptedServer.Answer(progress + found + alert, "application/x-ndjson"),
            ScriptedServer.Half(progress + found + alert + alert, "application/x-ndjson"),
            ScriptedServer.Answer(progress + """{"kind":"failed","detail":"Something went wrong"}""", "application/x-ndjson"),
            ScriptedServer.Answer(progress + "<html>", "application/x-ndjson"),
            ScriptedServer.Answer(progress + """{"kind":"of tomorrow"}""" + "\n" + found + alert + alert, "application/x-ndjson"));
        EvaluatorClient evaluator = new(Calls(server.Address));

        Assert.Contains("before all of it came", (await Fails(Run)).Message);
        Assert.Contains("broke off", (await Fails(Run)).Message);
        Assert.Contains("Something went wrong", (await Fails(Run)).Message);
        Assert.Contains("“<html>”", (await Fails(Run)).Message);
        Assert.Equal(["BacktestProgress", "BacktestSummary", "BacktestAlert", "BacktestAlert"], await Run());

        async Task<List<string>> Run()
        {
            List<string> lines = [];
            await foreach (var line in evaluator.Backtest(new() { Name = "five" }, default))
                lines.Add(line.GetType().Name);
            return lines;
        }
    }

    [Fact]
    public async Task The_coverage_of_the_fetcher_is_asked_for_without_the_key()
    {
        await using ScriptedServer server = new(ScriptedServer.Answer(
            """{"source":"segware","at":"2026-11-20T12:00:00Z","minutes":{"covered":59,"late":1},"ranges":[]}"""));
        var calls = Calls(server.Address, "fetcher", key: null);
        var coverage = await new FetcherClient(calls, calls).Coverage(24, default);
        Assert.Equal((59, null), (coverage.Minutes["covered"], coverage.Watermark));
        Assert.DoesNotContain("Authorization", server.Requests[0]);
        Assert.Contains("Accept: application/json", server.Requests[0]);
    }

    static async Task<ServiceException> Fails(Func<Task> call) => await Assert.ThrowsAsync<ServiceException>(call);

    static ServiceCalls Calls(string address, string service = "evaluator", string? key = "a key of the tests", TimeProvider? time = null,
        TimeSpan? timeout = null)
    {
        ServiceCollection services = new();
        services.AddServiceClient();
        var clients = services.BuildServiceProvider().GetRequiredService<IHttpClientFactory>();
        return new(service, new ServiceAddress("Console__Evaluator", address, null!), key, clients, time ?? TimeProvider.System, timeout);
    }

    sealed class Moments : TimeProvider
    {
        long _shift;

        public override long GetTimestamp() => base.GetTimestamp() + Interlocked.Read(ref _shift);

        public void Advance(TimeSpan by) => Interlocked.Add(ref _shift, (long)(by.TotalSeconds * TimestampFrequency));
    }
}
