using System.Text.Json;
using Sigma.OperatorConsole.Access;
using Sigma.ServiceTests.Console.Alerts;
using Sigma.ServiceTests.Console.Api.Clients;
using static Sigma.ServiceTests.Console.Alerts.AlertsSession;

namespace Sigma.ServiceTests.Console.Api;

public sealed class The_document
{
    [Fact]
    public async Task Says_all_of_each_operation()
    {
        await using var console = await Start();
        using var program = await console.Program(Role.Viewer);
        var calls = ApiCall.Of((await Send(program, HttpMethod.Get, "openapi/v1.json")).Body);
        List<string> missing = [];
        foreach (var call in calls)
        {
            var allowed = AllowedCalls.All.Single(row => row.Operation == call.Name);
            Demand(call, call.Operation.TryGetProperty("summary", out var summary) && summary.GetString() is { Length: > 5 } text
                && !text.EndsWith('.'), "a summary without a full stop");
            Demand(call, call.Operation.TryGetProperty("tags", out var tags) && tags.GetArrayLength() == 1, "one tag");
            Demand(call, !call.HasBody || call.Example is not null, "an example of its body");
            List<int> answers = [401, 429, 503];
            if (allowed.Needs > Role.Viewer || allowed.Sees == Sees.All)
                answers.Add(403);
            if (call.Path.Contains("{id}", StringComparison.Ordinal))
                answers.Add(404);
            if (call.HasBody)
                answers.AddRange([400, 413, 415]);
            Demand(call, answers.All(call.Statuses.Contains), $"the answers {string.Join(", ", answers.Except(call.Statuses))}");
            foreach (var answer in call.Operation.GetProperty("responses").EnumerateObject())
            {
                var (isProblem, content) = (answer.Name[0] >= '4', answer.Value.TryGetProperty("content", out var all) ? all : default);
                Demand(call, answer.Value.TryGetProperty("description", out var said) && said.GetString() is { Length: > 1 },
                    $"what {answer.Name} is");
                Demand(call, isProblem ? content.ValueKind != JsonValueKind.Undefined && content.TryGetProperty("application/problem+json", out _)
                    : answer.Name is "204" || content.ValueKind != JsonValueKind.Undefined, $"what {answer.Name} holds");
            }
        }
        Assert.True(missing.Count == 0, string.Join('\n', missing));

        void Demand(ApiCall call, bool isThere, string what)
        {
            if (!isThere)
                missing.Add($"{call.Method} {call.Path} has not {what}");
        }
    }

    [Fact]
    public async Task Makes_a_client_that_compiles_and_works()
    {
        await using var console = await Start();
        using var program = await console.Program(Role.Operator);
        var alert = await console.Raise("7", "critical");
        var document = (await Send(program, HttpMethod.Get, "openapi/v1.json")).Body;

        var assembly = await Compiler.Compile(new ClientGenerator(document).Write());

        dynamic client = Activator.CreateInstance(assembly.GetType($"{ClientGenerator.Namespace}.{ClientGenerator.Client}")!, program)!;
        var page = await client.ListAlerts(null, null, CancellationToken.None);
        Assert.Equal(1, (int)page.Total);
        Assert.Equal(("critical", 20, alert), ((string)page.Items[0].Severity, (int)page.Items[0].Count, (Guid)page.Items[0].AlertId));
        dynamic body = Activator.CreateInstance(assembly.GetType($"{ClientGenerator.Namespace}.CommentBody")!)!;
        var accepted = await client.AcknowledgeAlert(alert, "once", body, CancellationToken.None);
        Assert.Equal(alert, (Guid)accepted.AlertId);
        await Await.Until(() => Task.FromResult(console.Commands.All.Count), count => count == 1, "the command came");
        await Assert.ThrowsAsync<HttpRequestException>(async () => await client.GetAlert(Guid.NewGuid(), CancellationToken.None));
    }
}
