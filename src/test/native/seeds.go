// Functions, methods, interfaces and closures of Go.
package main

type shape interface{ area() float64 }

type circle struct{ radius float64 }

type rectangle struct{ width, height float64 }

//go:noinline
func (c circle) area() float64 { return c.radius * c.radius * 3 }

//go:noinline
func (r *rectangle) area() float64 { return r.width * r.height }

func total(shapes map[string]shape, scale func(float64) float64) float64 {
	sum := 0.0
	for name, each := range shapes {
		if len(name) > 0 {
			sum += scale(each.area())
		}
	}
	return sum
}

func main() {
	by := 2.0
	shapes := map[string]shape{"c": circle{1}, "r": &rectangle{2, 3}}
	println(total(shapes, func(value float64) float64 { return value * by }))
}
