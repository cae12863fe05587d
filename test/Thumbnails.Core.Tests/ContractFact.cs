using Xunit.Abstractions;
using Xunit.Sdk;

namespace Thumbnails.Core.Tests;

/// <summary>A test of a contract: in every class that derives from it, unless that class is for another machine.</summary>
[XunitTestCaseDiscoverer("Thumbnails.Core.Tests.ContractFactDiscoverer", "Thumbnails.Core.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractFactAttribute : FactAttribute;

/// <summary>The tests of this class exist only where the environment names what they are for.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class WhereNamedAttribute(string variable) : Attribute
{
    public string Variable { get; } = variable;
}

public sealed class ContractFactDiscoverer(IMessageSink sink) : FactDiscoverer(sink)
{
    public override IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var variables = testMethod.TestClass.Class.GetCustomAttributes(typeof(WhereNamedAttribute))
            .Select(attribute => attribute.GetNamedArgument<string>(nameof(WhereNamedAttribute.Variable)));
        return variables.All(variable => Environment.GetEnvironmentVariable(variable) is { Length: > 0 })
            ? base.Discover(discoveryOptions, testMethod, factAttribute)
            : [];
    }
}
