using System.ComponentModel.DataAnnotations;
using Sigma.Evaluator;
using Sigma.Evaluator.Rules;

namespace Sigma.UnitTests.Evaluating;

public sealed class Former_names_of_rules
{
    [Fact]
    public void May_differ_from_a_name_by_case_alone() => Assert.Empty(Validate(("Noite", ["noite", "NOITE"]), ("dia", ["tarde"])));

    [Fact]
    public void Are_no_names_that_rules_have_now() =>
        Assert.Contains("'dia', which a rule has now", Assert.Single(Validate(("noite", ["dia"]), ("dia", []))));

    [Fact]
    public void Are_not_empty() => Assert.Contains("is empty", Assert.Single(Validate(("noite", [" "]))));

    [Fact]
    public void Have_one_heir_each() => Assert.Contains("'tarde' twice", Assert.Single(Validate(("noite", ["tarde"]), ("dia", ["tarde"]))));

    static List<string> Validate(params (string Name, List<string> Former)[] rules)
    {
        EvaluatorOptions options = new() { Rules = [.. rules.Select(rule => new RuleOptions { Name = rule.Name, FormerNames = rule.Former })] };
        return [.. options.Validate(new ValidationContext(options)).Select(result => result.ErrorMessage!)];
    }
}
