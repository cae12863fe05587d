using Xunit.Abstractions;
using Xunit.Sdk;

namespace Thumbnails.Core.Tests;

/// <summary>A contract test. It runs in every derived class, except those whose environment variable is not set.</summary>
[XunitTestCaseDiscoverer("Thumbnails.Core.Tests.ContractFactDiscoverer", "Thumbnails.Core.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>Runs the contract tests of a class only if an environment variable is set.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class RequiresVariableAttribute(string variable) : Attribute
{
    public string Variable { get; } = variable;
}

public sealed class ContractFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var variables = testMethod.TestClass.Class.GetCustomAttributes(typeof(RequiresVariableAttribute))
            .Select(attribute => attribute.GetNamedArgument<string>(nameof(RequiresVariableAttribute.Variable)));
        return variables.All(variable => Environment.GetEnvironmentVariable(variable) is { Length: > 0 })
            ? base.Discover(discoveryOptions, testMethod, factAttribute)
            : [];
    }
}
