namespace Sigma.ServiceTests.Fetcher.Sources;

/// <summary>
/// Every captured feed in <c>tests/payloads/outages</c>, one case a file: fetched over HTTP, twice at each time, it comes to the alerts that the
/// README there says, raised once and cleared once; what was over before is never told.
/// </summary>
public sealed class Files_of_outages(FeedsAndEvaluator station) : IClassFixture<FeedsAndEvaluator>
{
    public static TheoryData<string> Files => new(OutageFile.All.Select(file => file.Path));

    [Theory, MemberData(nameof(Files))]
    public async Task Raises_what_lasts_once_and_clears_it_once(string path)
    {
        var file = OutageFile.All.Single(one => one.Path == path);
        foreach (var step in file.Steps)
        {
            await station.LookTwice(file.Name, step.Body);
            await station.Expect(file.Name, step.Raised, step.Cleared, $"{path}: {step.Story}");
        }
        foreach (var alert in station.News.Raised(file.Name))
        {
            Assert.Equal((file.Severity ?? "medium", file.Service, file.Region),
                (alert.Severity, alert.Labels["service"], alert.Labels.GetValueOrDefault("region")));
            Assert.Equal(file.Kind == "statuspage" ? file.Name : file.Kind.Split('-')[0], alert.Labels["provider"]);
            if (file.StartedAt is { } started)
                Assert.Equal(DateTimeOffset.Parse(started, null), alert.Since);
            Assert.Equal("resolved", Assert.Single(station.News.Cleared(file.Name), cleared => cleared.AlertId == alert.AlertId).Reason);
        }
    }

    [Fact]
    public void All_files_of_the_folder_have_a_case() =>
        Assert.Equal(Payload.In("outages").Order(StringComparer.Ordinal), OutageFile.All.Select(file => file.Path).Order(StringComparer.Ordinal));
}
