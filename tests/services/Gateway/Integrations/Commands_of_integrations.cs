using System.Text.Json.Nodes;

namespace Sigma.ServiceTests.Gateway.Integrations;

/// <summary><c>sigma integrations …</c> beside a gateway that runs: what is changed counts there within seconds.</summary>
public sealed class Commands_of_integrations
{
    const string Firing = """{"id":"a","status":"firing","title":"x"}""";

    [Fact]
    public async Task Make_one_whose_key_is_shown_once_and_lets_its_sender_in()
    {
        await using var gateway = await GatewaySession.Start();
        Shell shell = new(gateway);
        var made = Assert.Single(await shell.Json(0, "integrations", "put", "till", "--kind", "generic", "--by", "ana", "--why", "a new shop"));
        var key = made.GetProperty("key").GetString()!;
        Assert.Equal(("till", "made", true), (made.GetProperty("integration").GetString(), made.GetProperty("change").GetString(), key.Length >= 40));
        await UntilAnswered(gateway, key, 200);

        foreach (var args in (string[][])[["integrations", "list"], ["integrations", "show", "till"], ["integrations", "list", "--json"]])
        {
            var (ended, said) = await shell.Sigma(args);
            Assert.Equal(0, ended);
            Assert.Contains("till", said);
            Assert.DoesNotContain(key, said);
            Assert.DoesNotContain(GatewaySession.ShopKey, said);
        }
        var (again, words) = await shell.Sigma("integrations", "put", "till", "--kind", "generic", "--by", "ana");
        Assert.Equal(0, again);
        Assert.Contains("is so already", words);
        Assert.DoesNotContain("Key", words);
    }

    [Fact]
    public async Task Change_all_of_one_by_a_file_as_it_is_shown_and_leave_its_key()
    {
        await using var gateway = await GatewaySession.Start();
        Shell shell = new(gateway);
        var key = await Make(shell);
        await UntilAnswered(gateway, key, 200);
        var says = JsonNode.Parse((await shell.Sigma("integrations", "show", "till")).Output)!;
        var labels = says.AsObject().Single(field => field.Key.Equals("labels", StringComparison.OrdinalIgnoreCase)).Value!;
        labels["team"] = "tills";
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, says.ToJsonString());
            var changed = Assert.Single(
                await shell.Json(0, "integrations", "put", "till", "--file", file, "--default-severity", "high", "--by", "ana"));
            Assert.Equal(("changed", false), (changed.GetProperty("change").GetString(), changed.TryGetProperty("key", out _)));
        }
        finally
        {
            File.Delete(file);
        }
        var number = 0;
        await Await.Until(async () =>
        {
            var body = Firing.Replace("\"a\"", $"\"{number++}\"", StringComparison.Ordinal);
            Assert.Equal(200, (await gateway.Send(body, "/in/till", key)).Status);
            return gateway.News.Conditions.Any(condition => condition.Labels.GetValueOrDefault("team") == "tills" && condition.Severity == "high");
        }, "news has the new label and severity");
    }

    [Fact]
    public async Task Give_one_another_key_and_take_it_away()
    {
        await using var gateway = await GatewaySession.Start();
        Shell shell = new(gateway);
        var first = await Make(shell);
        await UntilAnswered(gateway, first, 200);
        var second = Key(await shell.Json(0, "integrations", "key", "till", "--by", "ana"));
        await UntilAnswered(gateway, second, 200);
        Assert.Equal(200, (await gateway.Send(Firing, "/in/till", first)).Status); // for a while
        var third = Key(await shell.Json(0, "integrations", "key", "till", "--at-once", "--by", "ana"));
        await UntilAnswered(gateway, third, 200);
        foreach (var former in (string[])[first, second])
            await UntilAnswered(gateway, former, 401);
        Assert.Equal("removed", Assert.Single(await shell.Json(0, "integrations", "delete", "till", "--by", "ana", "--why", "sold"))
            .GetProperty("change").GetString());
        await UntilAnswered(gateway, third, 401);
    }

    [Theory]
    [InlineData("Kind", "put", "till", "--kind", "telegraph"), InlineData("Name", "put", "Not A Name", "--kind", "generic")]
    [InlineData("DefaultSeverity", "put", "till", "--kind", "generic", "--default-severity", "awful")]
    [InlineData("Secret", "put", "till", "--kind", "standard-webhook")]
    [InlineData("nobody", "delete", "nobody"), InlineData("nobody", "key", "nobody")]
    public async Task Say_what_is_wrong_and_change_nothing(string named, params string[] args)
    {
        await using var gateway = await GatewaySession.Start();
        var (ended, said) = await new Shell(gateway).Sigma(["integrations", .. args, "--by", "ana"]);
        Assert.Equal(1, ended);
        Assert.Contains("WRONG", said);
        Assert.Contains(named, said);
        Assert.Contains("Nothing is changed.", said);
        Assert.Equal(0, await gateway.Count("select count(*) from gateway_revisions"));
    }

    static async Task<string> Make(Shell shell) => Key(await shell.Json(0, "integrations", "put", "till", "--kind", "generic", "--by", "ana"));

    static string Key(IReadOnlyList<System.Text.Json.JsonElement> said) => Assert.Single(said).GetProperty("key").GetString()!;

    static Task UntilAnswered(GatewaySession gateway, string key, int status) => Await.Until(
        async () => (await gateway.Send(Firing, "/in/till", key)).Status, answered => answered == status, $"the sender is answered {status}");
}
