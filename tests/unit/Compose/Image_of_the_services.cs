using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Sigma.UnitTests.Compose;

public sealed partial class Image_of_the_services
{
    [Fact]
    public void Every_project_a_service_is_made_of_is_restored_from_its_lock_file()
    {
        var copied = Copied().Matches(ProjectFile.Read("docker/Dockerfile")).Select(m => m.Groups[1].Value).ToHashSet();
        string[] services = ["archive/Sigma.Archive", "console/Sigma.Console", "evaluator/Sigma.Evaluator", "fetcher/Sigma.Fetcher",
            "gateway/Sigma.Gateway", "notifier/Sigma.Notifier"];
        Assert.Empty(services.SelectMany(service => Closure($"services/{service}.csproj")).Distinct().Except(copied));
    }

    [Fact]
    public void What_the_services_are_built_with_is_there_before_they_are_restored()
    {
        var before = ProjectFile.Read("docker/Dockerfile").Split("COPY . .")[0];
        string[] folders = ["", "services/", "shared/", "tools/"];
        Assert.All(folders.Select(folder => $"{folder}Directory.Build.props").Where(props => File.Exists(ProjectFile.Path(props))),
            props => Assert.Matches($@"(?m)^COPY .*(?<=\s){Regex.Escape(props)}\s", before));
    }

    [Fact]
    public void The_services_are_compiled_ahead_of_time()
    {
        var lines = ProjectFile.Read("docker/Dockerfile").Split('\n').Select(line => line.TrimStart())
            .Where(line => line.StartsWith("dotnet ", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(lines);
        Assert.All(lines, line => Assert.Contains(" -p:ForImage=true", line, StringComparison.Ordinal));
    }

    static IEnumerable<string> Closure(string project)
    {
        var folder = Path.GetDirectoryName(project)!;
        var references = XDocument.Parse(ProjectFile.Read(project)).Descendants("ProjectReference").Select(r => r.Attribute("Include")!.Value);
        return references.Select(r => Path.GetRelativePath(ProjectFile.Path(""), ProjectFile.Path(Path.Combine(folder, r)))).SelectMany(Closure)
            .Prepend(project);
    }

    // Project and lock file on one line
    [GeneratedRegex(@"^COPY (\S+\.csproj) \S+/packages\.lock\.json ", RegexOptions.Multiline)]
    private static partial Regex Copied();
}
