using Sigma.Notifier.Routing;

namespace Sigma.UnitTests.Routing;

/// <summary>Alerts to be matched.</summary>
internal static class Facts
{
    public static AlertFacts Of(params (string Name, string Value)[] said)
    {
        string Field(string name, string byDefault) => said.Where(s => s.Name == name).Select(s => s.Value).FirstOrDefault(byDefault);
        return new()
        {
            Rule = Field("rule", "excess"), Severity = Field("severity", "warning"), Source = Field("source", "segware"),
            Kind = Field("kind", "count"), Category = said.Where(s => s.Name == "category").Select(s => s.Value).FirstOrDefault(),
            Labels = said.Where(s => !AlertFacts.Fields.Contains(s.Name)).ToDictionary(s => s.Name, s => s.Value),
        };
    }
}
