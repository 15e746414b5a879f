using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Sigma.Evaluator;

namespace Sigma.ServiceTests.Gateway.Webhooks;

/// <summary>The README's settings and its <c>curl</c>, as they stand there.</summary>
public sealed partial class Example_of_the_readme
{
    static readonly string Root = Find();

    static readonly string[] Readme = File.ReadAllLines(Path.Combine(Root, "README.md"));

    [Fact]
    public async Task Raises_an_alert_and_clears_it_without_a_rule_of_its_own()
    {
        await using var gateway = await GatewaySession.Start(null, service => service.AddEvaluator(), [.. Settings()]);
        var curls = Curl().Matches(string.Join('\n', Readme));
        Assert.Equal(["8080", "8090"], curls.Select(match => match.Groups["port"].Value));
        Assert.Single(curls.Select(match => $"{match.Groups["key"]} {match.Groups["path"]} {match.Groups["body"]}").Distinct());
        var curl = curls[0];

        Assert.Equal(200, await Post(gateway, curl, curl.Groups["body"].Value));
        await Await.Until(() => Raised(gateway), titles => titles is ["Pump 1 stands still"], "the alert is raised");

        var over = curl.Groups["body"].Value.Replace("\"state\":\"firing\"", "\"state\":\"ok\"", StringComparison.Ordinal);
        Assert.Equal(200, await Post(gateway, curl, over));
        await Await.Until(() => Raised(gateway), titles => titles.Count == 0, "the alert is cleared");
    }

    [Fact]
    public void Is_known_to_the_stack_of_the_demo()
    {
        var demo = File.ReadAllLines(Path.Combine(Root, ".env.demo"));
        Assert.Empty(Settings().Select(setting => $"{setting.Key.Replace(":", "__", StringComparison.Ordinal)}={setting.Value}").Except(demo));
    }

    static IReadOnlyList<(string Key, string Value)> Settings()
    {
        var settings = Readme.Select(line => line.Trim()).Where(line => line.StartsWith("export Gateway__", StringComparison.Ordinal))
            .Select(line => line["export ".Length..].Replace("__", ":", StringComparison.Ordinal).Split('=', 2))
            .Select(part => (part[0], part[1])).ToList();
        Assert.Equal(3, settings.Count);
        return settings;
    }

    // As curl sends it: a body without a type of its own is said to be a form.
    static async Task<int> Post(GatewaySession gateway, Match curl, string body)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, curl.Groups["path"].Value)
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/x-www-form-urlencoded")),
        };
        request.Headers.TryAddWithoutValidation("Authorization", curl.Groups["key"].Value);
        using var answer = await gateway.Http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    static async Task<IReadOnlyList<string>> Raised(GatewaySession gateway) =>
        [.. (await gateway.Ask(HttpMethod.Get, "/internal/evaluator/alerts?rule=reported:shop")).Body.GetProperty("items").EnumerateArray()
            .Select(alert => alert.GetProperty("summary").GetString()!)];

    static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "docker-compose.yml")))
                return folder.FullName;
        throw new DirectoryNotFoundException("The repository is not around the tests.");
    }

    [GeneratedRegex(@"curl -H 'Authorization: (?<key>[^']+)' http://localhost:(?<port>\d+)(?<path>/in/\S+) \\\n\s+-d '(?<body>[^']+)'")]
    private static partial Regex Curl();
}
