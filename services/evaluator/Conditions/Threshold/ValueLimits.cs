using Sigma.Evaluator.Rules;

namespace Sigma.Evaluator.Conditions.Threshold;

/// <summary>The limits of a key, its override applied.</summary>
internal readonly record struct ValueLimits(Comparison Beyond, double Limit, double Upper, double Recovery)
{
    public static ValueLimits Of(Rule rule, IReadOnlyDictionary<string, string> key)
    {
        var (options, other) = (rule.Options, rule.OverrideFor(key));
        var limit = other?.Limit ?? options.Limit!.Value;
        return new(options.Beyond, limit, other?.UpperLimit ?? options.UpperLimit ?? limit,
            other?.RecoveryLimit ?? (other?.Limit is null ? options.RecoveryLimit : null) ?? limit);
    }

    public bool IsBeyond(double value) => Is(value, Limit);

    public bool IsNormal(double value) => !Is(value, Recovery) && !IsBeyond(value);

    bool Is(double value, double limit) => Beyond switch
    {
        Comparison.Above => value > limit,
        Comparison.AtLeast => value >= limit,
        Comparison.Below => value < limit,
        Comparison.AtMost => value <= limit,
        _ => value < Limit || value > Upper,
    };

    /// <summary>The limit a value is beyond, or nearest to.</summary>
    public double Nearest(double value) => Beyond == Comparison.Outside && value > Upper ? Upper : Limit;

    public override string ToString() => Beyond switch
    {
        Comparison.Above => $"limit above {Limit}",
        Comparison.AtLeast => $"limit at least {Limit}",
        Comparison.Below => $"limit below {Limit}",
        Comparison.AtMost => $"limit at most {Limit}",
        _ => $"limit outside {Limit} to {Upper}",
    };
}
